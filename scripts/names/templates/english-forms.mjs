// English forms, tickets, records, prompts and résumés. One a line; \\n is a new one.

export const FORMS = `
{F}, ID card {ID}, mobile {MOBILE}
{F} (passport {PASS}) arrives on {DAY}.
{F}, plate {PLATE}, VIN {VIN}
The device of {F} has IP {IP} and MAC {MAC}.
Card {CARD} belongs to {F}.
{F}'s password is {KEY}
Contact {G} on {MOBILE}.
Please check the ID number {ID} of {F}.
User {F} logged in from {IP}.
My name is {F}, my phone is {MOBILE} and my ID is {ID}.
{HAN}{F}{HAN}
{HAN}{F}，{HAN}
{HAN} {F} {HAN}
{HAN}: {F}
联系人：{F}，电话 {MOBILE}
请给 {F} 发一封邮件，{HAN}
客户 {F} 的订单 {NUM} {HAN}
翻译：{F} {VERBED} the {NOUN}.
Mr {S} 你好，{HAN}
{G}，{HAN}
Case {NUM}: {F} ({MOBILE}) says {SENT}
Hotel guest {F}, passport {PASS}, room {NUM}
Parcel for {F}, tracking number {VIN}
Please draft a notice to {F} whose account {CARD} was {VERBED}.
Which of these belongs to {F}: {ID} or {PASS}?
Employee {F} with staff number {NUM} {VERBED} a {NOUN}.
Name: {F}
Name: {F}\\nAddress: {STREET}, {CITY}\\nPhone: {PHONE}
Full name: {F}
First name: {G}\\nLast name: {S}
Customer: {F}
Customer {F} called about the {NOUN}.
Customer name: {F}, account {NUM}
Patient: {F}, DOB {NUM}/{NUM}/{YEAR}
Patient {F} was admitted on {MONTH} {NUM} with {NOUN}.
Pt {F} seen by Dr. {S}.
Employee: {F} ({JOB})
Contact: {F}, {PHONE}
Contact {F} at {EMAIL} or {PHONE}.
Emergency contact: {F} (wife), {PHONE}
Attn: {F}
Attention: {F}, {ORG}
c/o {F}
Ship to: {F}, {STREET}, {CITY}
Bill to:\\n{F}\\n{STREET}\\n{CITY}, {ST} {NUM}
{F}\\n{STREET}\\n{CITY}, {ST} {NUM}
{F}\\n{STREET}\\n{CITY}\\n{COUNTRY}
{F}, {STREET}, {CITY}, {COUNTRY}
{F} | {JOB} | {ORG}
{F} - {JOB}
{F}, {JOB}, {ORG}
{F} <{EMAIL}>
{F} ({EMAIL})
{F} [{EMAIL}]
{EMAIL} ({F})
{F}, {PHONE}
{F},{NUM},{CITY},{EMAIL}
{NUM},{G},{S},{EMAIL},{CITY}
{NUM}\\t{F}\\t{CITY}\\t{NUM}
| {F} | {CITY} | {NUM} |
| {NUM} | {F} | {JOB} | {EMAIL} |
1. {F}\\n2. {F}\\n3. {F}
- {F}\\n- {F}\\n- {F}
* {F} ({ORG})
{F}; {F}; {F}
{F}, {F}, and {F}
{F}\n{ADDRESS}
{F}, {ADDRESS}
{F} lives at {ADDRESS}.
Send it to {F}, {ADDRESS}
Name: {F}\nAddress: {ADDRESS}\nPhone: {PHONE}
My address is {ADDRESS}. {F}
Deliver the {NOUN} to {ADDRESS} for {P}.
{ADDRESS}\n{PHONE}\n{F}
Signed: {F}
Signature: {F}  Date: {NUM}/{NUM}/{YEAR}
Approved by {F} on {NUM}/{NUM}/{YEAR}
Reviewed by: {P}
Assigned to: {F}
Assignee: {F}\\nReporter: {F}
Reported by {P}
Ticket {NUM} opened by {F}: {SENT}
[{NUM}:{NUM}] {G}: {SENT}
{G}: {SENT}\\n{G}: {SENT}
{G} {S}: {SENT}
{F} (Guest): {SENT}
Agent {G}: {SENT}
Author: {F}
Authors: {F}, {F}
Author(s): {F} and {F}
Director: {F}
Manager: {F}
Instructor: {F}
Student: {F}, grade {NUM}
Teacher: {TS}
Tenant: {F}  Landlord: {F}
Plaintiff: {F}\\nDefendant: {F}
{S} v. {S}
Passenger: {SF}
Passengers: {SU}/{GU} MR, {SU}/{GU} MRS
{S}/{G}
PNR: {SU}/{GU} MR
{G}/{G} {VERBED} the {NOUN}
Guest name: {FU}
NAME: {FU}
CUSTOMER: {FU}\\nCITY: {UPCITY}
DEAR {FU},
ATTN: {FU}
Cardholder: {FU}
Beneficiary: {FU}
Payee {F}, amount {MONEY}
Transfer {MONEY} to {F} at {ORG}
Invoice for {F}, {ORG}
Order for {F}: {NUM} x {PROD}
Booking for {F}, {NUM} nights at {PLACE}
Reservation under {S}
Reservation under the name of {F}
Account holder {F}
The account of {F} was {VERBED}.
The policy holder, {F}, {VERBED} a {NOUN} on {MONTH} {NUM}.
Please update the address of {F} to {STREET}, {CITY}.
Please book a flight for {F} from {CITY} to {CITY}.
Please cancel the order of {F}.
Please write a letter to {F} about the {NOUN}.
Write an email to {F} to {VERB} the {NOUN}.
Write a {ADJ} message for my {JOB} {G}.
Draft a reply to {F} at {ORG}: {SENT}
Translate this letter from {F} into {LANG}: {SENT}
Summarize the {NOUN} that {F} sent on {DAY}.
Summarise the following complaint from {F}, {EMAIL}: {SENT}
Remind {F} that the {NOUN} is due on {DAY}.
Send the {NOUN} to {F} ({PHONE}).
Check whether {F} has {VERBED} the {NOUN}.
Find the {NOUN} of {F} born {NUM}/{NUM}/{YEAR}.
What is the {NOUN} of {F}?
Who is {F}?
When was {F} born?
How old is {F}?
Did {F} {VERB} the {NOUN}?
Tell me about {F}, {JOB} of {ORG}.
You are {G}, a {ADJ} assistant for {ORG}.
Act as {F}, a {JOB}.
The user's name is {F}.
The user {F} asked: {SENT}
User: My name is {F}. {SENT}
Résumé of {F}
{F}\\n{JOB}\\n{CITY}, {COUNTRY} | {PHONE} | {EMAIL}
{FU}\\n{JOB}\\nExperience
References: {F}, {JOB} at {ORG}, {PHONE}
Recommended by {F} ({ORG})
Supervisor: {TS}, {PHONE}
Mother's maiden name: {S}
Spouse: {F}
Children: {G}, {G}
Next of kin: {F}, {PHONE}
Witness: {F}
Driver {F}, license {NUM}, {VERBED} the {NOUN}.
Lease between {F} and {F} for {STREET}
This agreement is made between {F} ("Landlord") and {F} ("Tenant").
I, {F}, hereby {VERB} the {NOUN}.
{F} hereby {VERBS} the {NOUN}.
{F} hereinafter the "Buyer"
RE: {F}, claim {NUM}
Subject: {F} - {ADJ} {NOUN}
Meeting notes {MONTH} {NUM}\\n{G}: {SENT}\\n{G}: {SENT}
Action items: {G} to {VERB} the {NOUN}, {G} to {VERB} the {NOUN}
TODO({G}): {SENT}
Today {G} {VERBED} the {NOUN}. {G} will {VERB} it on {DAY}.
{"name": "{F}", "city": "{CITY}"}
{"firstName": "{G}", "lastName": "{S}"}
{"first_name": "{G}", "last_name": "{S}", "city": "{CITY}"}
{"customer": {"name": "{F}", "phone": "{PHONE}"}, "items": [{"title": "{PROD}"}]}
"contact": "{F}", "email": "{EMAIL}"
SELECT * FROM {NOUN} WHERE name = '{F}'
INSERT INTO {NOUN} VALUES ({NUM}, '{F}', '{CITY}')
{"customer": "{F}", "note": "{SENT}"}
customer={F}; city={CITY}
<name>{F}</name>
<td>{F}</td><td>{CITY}</td>
@author {F}
Copyright (c) {YEAR} {F}
(c) {F}
Co-authored-by: {F} <{EMAIL}>
Signed-off-by: {F} <{EMAIL}>
Reviewed-by: {F} <{EMAIL}>
maintained by {F}
Thanks to {F} for reporting this issue.
Thanks to {F}, {F} for the {NOUN}.
Voicemail from {PHONE}: Hi, this is {G} from {ORG}, {SENT}.
{TS} would like to {VERB} a {NOUN} with {TS}.
{TS} {VERBED} the {NOUN}.
{TS}'s {NOUN}
I have an appointment with {TS} on {DAY} at {TIME}.
{F} has an appointment at {PLACE}.
My {NOUN} was stolen by {F}.
I would like to change the {NOUN} of my daughter {F}.
{F} is my {JOB}.
Can I speak to {F} please?
Just moved to {STREET} with {G}.
Has {G} {VERBED} the {NOUN} yet?
What did {F} say about the {NOUN}?
{F}, {NUM}
{F}
{F}.
{G}
{SF}
{TS}
{G} {S}, {G} {S}
`;
