// English sentences that name nobody: places, bodies, works, products, headings, code. One a line.

export const NOBODY = `
Will you {VERB} the {NOUN}?
Will the {NOUN} be {ADJ}?
Will it {VERB}?
Will they {VERB} it by {DAY}?
Will be {VERBING} tomorrow.
May I {VERB} the {NOUN}?
May you {VERB} in peace.
May {NUM}, {YEAR}
In May the {NOUN} was {VERBED}.
{PROD}/{PROD} {NOUN}
{BIGNOUN}/{BIGNOUN}
{BIGADJ}/{BIGADJ} {NOUNS}
{CITY}/{COUNTRY}
{ORG}/{ORG} {NOUN}
{UPNOUN}/{UPNOUN}
Explain the {EPO}.
What is a {EPO}?
The {EPO} is {ADJ}.
{EPO}, {EPO} and {EPO}
How does {EPO} {VERB} the {NOUN}?
I need help with my {EPO}.
She has {EPO}.
a {EPO} in {PROD}
{ORG}, {ORG} and {ORG}
I worked at {ORG} before {ORG}.
{ORG} {VERBED} the {PROD}; {SENT}.
I drive a {ORG} {NOUN}.
"title": "{ORG} {BIGNOUN}"
Mark the {NOUN} as {ADJ}.
Mark as read
Grant access to the {NOUN}.
Grant {NUM} {NOUNS} to the {NOUN}.
Bill {NUM} was {VERBED} by the committee.
Bill me later.
Bill to: {ORG}
Hope you are {ADJ}.
Hope this helps!
Hope to see you on {DAY}.
Chase the {NOUN}.
Sue them if they {VERB}.
Drew a {NOUN} for the {NOUN}.
Rose by {NUM} percent
Pat the {NOUN} dry.
Art is {ADJ}.
Art and {BIGNOUN}
Guy on the {NOUN} is {ADJ}.
Guys, {SENT}
Dean of {BIGNOUN}
Frank and {ADJ} {NOUNS}
Jack up the {NOUN}.
Faith in the {NOUN} is {ADJ}.
Joy to the world
Grace period of {NUM} days
Christian and {NAT} {NOUNS}
Summer in {CITY} is {ADJ}.
April and June are {ADJ}.
Young {NOUNS} {VERB} the {NOUN}.
Long {NOUNS} are {ADJ}.
Black {NOUNS}, White {NOUNS} and Brown {NOUNS}
Green {NOUN} with {FOOD}
King of {COUNTRY}
Rich {NOUNS} {VERB} {NOUNS}.
Love the {NOUN}!
Love it! {SENT}.
Price: {MONEY}
Case {NUM}: {SENT}
Page {NUM} of {NUM}
Chip in {MONEY}
Rob a {NOUN}
Miles from {CITY}
Major {NOUNS} in {COUNTRY}
Bell rings at {TIME}.
Fox, Wolf and Bear
Stone, Wood and Glass
Church on {STREET}
Park near {CITY}
Hall {NUM}, Room {NUM}
Early {NOUNS} are {ADJ}.
Best of {YEAR}
Little {NOUN} on the {NOUN}
Good {NOUNS} are {ADJ}.
Day {NUM}: {SENT}
Cash or card?
Baker, {JOB} and {JOB} wanted in {CITY}
Cook the {FOOD} for {NUM} minutes.
Taylor {BODY}
ID card: {ID}, mobile: {MOBILE}
Passport No. {PASS}
Passport {PASS} expires in {MONTH}.
Plate {PLATE}, VIN {VIN}
The VIN is {VIN}.
Vehicle {PLATE} was seen near {CITY}.
Server {IP}, MAC {MAC}
Host {IP} is {ADJ}.
Card number {CARD}, expires {NUM}/{NUM}
Transfer {MONEY} from {CARD} to {CARD}.
API key: {KEY}
Authorization: Bearer {KEY}
Token {KEY} was {VERBED}.
Order No. {NUM}{NUM}, Tracking No. {VIN}
Invoice {NUM}, Tax ID {VIN}
Unified Social Credit Code {VIN}
Coordinates {NUM}.{NUM}, {NUM}.{NUM}
Part No. {VIN}, Serial {VIN}, Batch {ID}
Version {NUM}.{NUM}, build {ID}
Check whether {ID} is a valid {NOUN}.
Please {VERB} the {NOUN} for {MOBILE}.
Rewrite the following: {SENT}
Summarize this: {SENT}
Explain {PROD} in {NUM} words.
Write a {NOUN} about {PROD} and {PROD}.
Write a {ADJ} {NOUN} about {CITY}.
Generate {NUM} {NOUNS} for {ORG}.
Act as a {JOB}. {SENT}.
Translate to {LANG}: {SENT}
{HAN}{PROD}{HAN}
{HAN} {PROD} {HAN}
{HAN}{PROD}、{PROD}{HAN}
{HAN}{BIGNOUN}{HAN}
{HAN} {BIGADJ} {BIGNOUN} {HAN}
{HAN}“{BIGNOUN}”{HAN}
{HAN}（{BIGADJ} {BIGNOUN}）{HAN}
{HAN}{ORG}{HAN}
{HAN} {CITY} {HAN}
{HAN}：{SENT}
{HAN}{WORK}{HAN}
我希望你充当{PROD}解释器，{HAN}
用{PROD}写一个{HAN}
{HAN}{NOUN}{HAN}
{HAN} {BIGVERB} {NOUN} {HAN}
{ORG} said on {DAY} that it would {VERB} its {NOUNS} next year.
{ORG} has {VERBED} {ORG} for {MONEY}.
{ORG} and {ORG} {VERBED} a {NOUN} in {CITY}.
{ORG}'s {NOUN} was {VERBED} by {ORG} in {MONTH} {YEAR}.
{CITY} said it would {VERB} the {NOUN}.
{COUNTRY} and {COUNTRY} agreed to {VERB} the {NOUN}.
{COUNTRY} has {VERBED} {NUM} {NOUNS} since {YEAR}.
{COUNTRY} told {COUNTRY} to {VERB} its {NOUNS}.
{COUNTRY}'s {NOUN} is {ADJ}.
The {NAT} government {VERBED} the {NOUN}.
The {NAT} Ministry of {BIGNOUN} {VERBED} the {NOUN}.
The University of {CITY} {VERBED} a {NOUN}.
The {BIGNOUN} of {BIGNOUN} {VERBED} the {NOUN}.
The {BIGADJ} {BIGNOUN} Act of {YEAR} {VERBED} the {NOUN}.
{S} {BODY} {VERBED} the {NOUN}.
{S} {BODY} of {CITY} is {ADJ}.
{S}, {S} and {S} LLP {VERBED} the {NOUN}.
{S} and Sons {VERBED} the {NOUN}.
{S} & {S} Inc. is a {ADJ} {NOUN}.
{S}-{S} {BODY}
{S} {STREETWORD} is closed on {DAY}.
{G} {STREETWORD} is closed.
Turn left on {S} {STREETWORD} and right on {S} {STREETWORD}.
I live on {S} {STREETWORD} near {S} Park.
He went to {S} High School and {S} University.
She works at {S} Memorial Hospital in {CITY}.
the {S} Bridge in {CITY}
the {S} Museum
Mount {S} is {ADJ}.
Lake {S} is {ADJ}.
Fort {S} was {VERBED} in {YEAR}.
Port {S} is {ADJ}.
{S} County, {STATE}
{S}ville, {STATE}
{CITY}, {STATE}
{CITY}, {COUNTRY}
{CITY} {ST} {NUM}
{STREET}, {CITY}, {ST} {NUM}
Address: {STREET}, {CITY}, {COUNTRY}
Ship to {STREET}, {CITY} {NUM}
{ADDRESS}
Address: {ADDRESS}
My new address is {ADDRESS}
Our office is at {ADDRESS}.
Deliver the {NOUN} to {ADDRESS}
please {VERB} the {NOUN} at {ADDRESS}
{ORG}\n{ADDRESS}
{ORG}, {ADDRESS}, {PHONE}
We moved to {ADDRESS} in {MONTH}.
The {NOUN} at {ADDRESS} is {ADJ}.
I lost my {NOUN} near {ADDRESS}.
from {CITY} to {CITY} via {CITY}
flights to {CITY}, {CITY} and {CITY}
He moved from {CITY} to {COUNTRY}.
She was born in {CITY}.
They live in {CITY}.
I visited {CITY} and {CITY} in {MONTH}.
Welcome to {CITY}!
Best hotels in {CITY}
{CITY} Airport
{CITY} Police Department
{CITY} City Council voted to {VERB} the {NOUN}.
{CITY} Times
The {CITY} {BIGNOUN}
{WORK} is a {ADJ} {NOUN}.
I read {WORK} in {YEAR}.
The film {WORK} opens on {DAY}.
{BAND} released {WORK} in {YEAR}.
{BAND} {VERBED} the {NOUN} in {CITY}.
{TEAM} beat {TEAM} {NUM}-{NUM}.
{TEAM} {VERBED} the {NOUN}.
I bought a {PROD} from {SHOP}.
The {PROD} is {ADJ}.
{PROD} supports {PROD}.
Install {PROD} on {PROD}.
Open {PROD} and click {BIGNOUN}.
Click {BIGVERB} {BIGNOUN} and then {BIGVERB}.
Go to Settings > {BIGNOUN} > {BIGNOUN}.
Select the {BIGNOUN} tab.
Press Ctrl+{I1} to {VERB} the {NOUN}.
{BIGVERB} the {NOUN}.
{BIGVERB} {BIGNOUN}
{BIGADJ} {BIGNOUN}
{BIGADJ} {BIGNOUN} {BIGNOUN}
{BIG}
{BIG}\\n{SENT}.
# {BIG}\\n\\n{SENT}.
## {BIGNOUN}\\n\\n{SENT}.
{BIGNOUN}: {SENT}
{BIGNOUN}\\n{BIGNOUN}\\n{BIGNOUN}
1. {BIGVERB} the {NOUN}\\n2. {BIGVERB} the {NOUN}
- {BIGADJ} {NOUN}\\n- {BIGADJ} {NOUN}
{BIGNOUN} & {BIGNOUN}
The {NOUN} is {ADJ}. {SENT}.
{SENT}. {SENT}.
"{SENT}"
{SENT}!
Is {SENT}?
On {DAY}, {MONTH} {NUM}, {SENT}.
In {MONTH} {YEAR}, {SENT}.
{DAY}: {SENT}
{NAT} and {NAT} {NOUNS} are {ADJ}.
A {NAT} {NOUN} {VERBED} the {NOUN}.
Many {NAT}s {VERB} {NAT} {NOUNS}.
He speaks {LANG} and {LANG}.
Translate the following into {LANG}: {SENT}
Dear Sir or Madam,
Dear Customer, {SENT}.
Dear {BIGNOUN} Team,
Dear Hiring Manager,
Hi all,
Hi there, {SENT}.
Hello everyone, {SENT}.
Hello World
To Whom It May Concern:
Best regards,\\nThe {ORG} Team
Thanks,\\nCustomer Support
Thank You for Your {BIGNOUN}
Terms of Service
Privacy Policy
Frequently Asked Questions
Copyright {YEAR} {ORG}. All Rights Reserved.
Licensed under the Apache License, Version 2.0
Permission is hereby granted, free of charge, to any person obtaining a copy
The Chief Executive Officer {VERBED} the {NOUN}.
{JOBS} at {ORG}
Senior {JOBS}, {ORG}, {CITY}
{JOBS} - {CITY}
Looking for a {JOB} in {CITY}.
President and CEO of {ORG}
Prime Minister of {COUNTRY}
the President of {COUNTRY}
Secretary of State
Department of {BIGNOUN}
Ministry of {BIGNOUN} and {BIGNOUN}
{ANIMAL} are {ADJ}.
The {ANIMAL} is native to {COUNTRY}.
a dish of {FOOD} and {FOOD}
{FOOD} with {FOOD}
My dog is a {ANIMAL}.
Monday, Tuesday and Wednesday
January February March April May June July August
God is {ADJ}.
Thank God it is {DAY}.
Merry Christmas and a Happy New Year
Happy Easter
The Bible and the Quran
Christmas is {ADJ} in {CITY}.
{UPWORDS}
{UPWORDS}: {SENT}
{UPNOUN}: {UPNOUN}
IMPORTANT: {SENT}
NOTE: {SENT}
{LOWWORDS}
{LOWWORDS}. {LOWWORDS}
error: {LOWWORDS}
{ERR}: {SENT}
throw new {ERR}("{SENT}")
at {CAMEL}.{camel} ({camel}.js:{NUM}:{NUM})
const {camel} = new {CAMEL}({camel})
import { {CAMEL}, {CAMEL} } from "{camel}"
class {CAMEL} extends {CAMEL} {
// {SENT}
// {BIGVERB} the {NOUN}. {SENT}.
/** {BIGVERB}s the {NOUN} of a {CAMEL}. */
 * @param {{CAMEL}} {camel} The {NOUN} to {VERB}.
 * @returns {Promise<{CAMEL}>} {SENT}
 * {BIGADJ} {NOUN}: {SENT}
# {BIGVERB} the {NOUN}
{BIGNOUN} {BIGNOUN}: "{BIGNOUN}"
"{BIGNOUN}": "{BIGNOUN} {BIGNOUN}"
"{camel}": "{SENT}"
{ "{camel}": "{BIGADJ}", "{camel}": {NUM} }
{NUM}-{NUM}-{NUM} {NUM}:{NUM}:{NUM} INFO {CAMEL}: {SENT}
[{NUM}] WARN {CAMEL} - {BIGNOUN} {VERBED}
{LOGTIME} {CAMEL}[{NUM}]: {SENT}
{LOGTIME} {NUM} INFO {CAMEL}: {BIGVERB} {NOUN} for {CAMEL}
{LOGTIME} {BIGADJ} {BIGNOUN}: {BIGNOUN} {NUM}
{LOGTIME} ERROR [{CAMEL}] {ERR}: {SENT}
{LOGTIME} {camel} {camel}: {BIGNOUN} = {NUM}, {BIGNOUN} = {BIGNOUN}
{LOGTIME} kernel: {BIGNOUN} {BIGNOUN} ({NUM}) on {CAMEL}
- {NUM} {LOGTIME} {BIGNOUN} {BIGNOUN} RAS KERNEL INFO {SENT}
"{camel}": "{PROD} {BIGNOUN}",
{camel}:\n  {camel}: {BIGNOUN}\n  description: {BIGVERB} the {NOUN}.
    description: The {NOUN} of the {BIGNOUN}. {SENT}.
{BIGVERB}ing {CAMEL} to {CAMEL}
{CAMEL} is a {ADJ} {NOUN} for {PROD}
{PROD} API Reference
{PROD} {NUM}.{NUM}.{NUM}
{PROD}, {PROD}, {PROD} and {PROD}
Fix {NOUN} in {CAMEL} ({HASHNUM})
Merge pull request {HASHNUM} from {camel}/{camel}
Sort by {BIGNOUN}
the {BIGNOUN} {BIGNOUN} algorithm
{S}'s algorithm is {ADJ}.
the {S} method
a {S} filter
the {S}-{S} distance
{S} numbers
`;
