// English sentences about people: news, letters, stories, biographies. One a line. Law: written by hand; what stands in
// braces is drawn (scripts/names/english/generate.mjs).

export const PROSE = `
{P} said on {DAY} that the company would {VERB} its {NOUNS} next year.
{P}, {NUM}, of {CITY}, was {VERBED} on {DAY} after a {ADJ} {NOUN}.
According to {P}, the {NOUN} was {VERBED} in {YEAR}.
"{SENT}," said {P}, {JOB} of {ORG}.
"{SENT}," {S} told reporters in {CITY}.
"{SENT}," {S} added. "{SENT}"
The {NAT} {JOB} {P} met {P} in {CITY} on {DAY}.
{ORG} named {P} as its new {JOB}, replacing {P}.
{ORG} {JOB} {P} declined to comment.
Former {JOB} {P} has joined {ORG} as {JOB}.
{P} and {P} will {VERB} the {NOUN} at {PLACE} on {DAY}.
{P}'s {NOUN} was {VERBED} by {ORG} in {MONTH} {YEAR}.
{P}’s {NOUN} won the {NOUN} of the year.
After {P} left {ORG}, {P} took over as {JOB}.
In {MONTH}, {P} of {ORG} {VERBED} the {NOUN} of {CITY}.
{P} was born in {CITY}, {COUNTRY}, on {MONTH} {NUM}, {YEAR}.
Born {P} in {CITY}, he moved to {COUNTRY} at the age of {NUM}.
{F} ({YEAR} - {YEAR}) was a {NAT} {JOB} and {JOB}.
{F} is a {NAT} {JOB} best known for {WORK}.
{WORK} is a novel by {F} about a {ADJ} {NOUN}.
{WORK}, directed by {F} and starring {F} and {F}, opens on {DAY}.
The film stars {F}, {F} and {F}.
The book was written by {P} and published by {ORG}.
The song was recorded by {BAND} and written by {P}.
{BAND} singer {P} {VERBED} the {NOUN} in {CITY}.
{TEAM} striker {P} scored twice against {TEAM} on {DAY}.
{TEAM} coach {P} praised {P} after the game.
{P} scored {NUM} points and {P} added {NUM} as {TEAM} beat {TEAM} {NUM}-{NUM}.
{P} beat {P} 6-4, 6-3 in the final of the {CITY} Open.
Police identified the victim as {F}, a {NUM}-year-old {JOB} from {CITY}.
Judge {S} sentenced {F} to {NUM} years in prison.
Lawyers for {P} argued that {P} had {VERBED} the {NOUN}.
Prime Minister {P} and President {S} agreed to {VERB} the {NOUN}.
President {S} will visit {COUNTRY} in {MONTH}.
Senator {S} ({STATE}) criticized {P} over the {NOUN}.
Secretary of State {P} arrived in {CITY} on {DAY}.
The {NOUN} was introduced by Rep. {S} and Sen. {S}.
{TS} told the committee that {ORG} had {VERBED} {NUM} {NOUNS}.
Under {S}, {ORG} {VERBED} its {NOUNS} in {COUNTRY}.
{S} succeeded {S} as {JOB} in {YEAR}.
The {S} administration {VERBED} the {NOUN}.
The {S} family has lived in {CITY} since {YEAR}.
Supporters of {P} gathered outside {PLACE}.
Critics of {S} say the {NOUN} is {ADJ}.
He is survived by his wife, {G}; his sons, {G} and {G}; and his daughter, {F}.
She is married to {F} and they have two children, {G} and {G}.
His mother, {G}, was a {JOB}; his father, {F}, worked for {ORG}.
My brother {G} lives in {CITY} with his wife {G}.
My husband {G} and I {VERBED} the {NOUN} last {DAY}.
My friend {G} {VERBED} a {NOUN} at {ORG}.
Our son {G} is {NUM} and our daughter {G} is {NUM}.
{G} looked at {G} and smiled.
{G} opened the door. "{SENT}," {G} said.
"{SENT}," said {G}.
"{SENT}, {G}," {G} whispered.
"{G}, {SENT}," she said.
"Where is {G}?" asked {G}.
{G} and {G} walked to the {NOUN} without a word.
{G} nodded. {G} did not.
When {G} came home, {G} was already asleep.
I think {G} would {VERB} it if {G} asked her.
I met {P} at {PLACE} last week.
I saw {P} and {P} at the {NOUN} yesterday.
I spoke with {P} this morning about the {NOUN}.
We had dinner with {P} and {P} on {DAY}.
We hired {P} to {VERB} our {NOUN}.
Have you heard from {P}?
Do you know {P}? She {VERBED} my {NOUN}.
Is {P} coming to the {NOUN} on {DAY}?
Please ask {P} to {VERB} the {NOUN}.
Please let {P} know that the {NOUN} is {ADJ}.
Please forward this to {P} in {DEPT}.
Could you send {P} the {NOUN} before {DAY}?
Can {P} {VERB} the {NOUN} by {DAY}?
I will give the {NOUN} to {P}.
It was {P} who {VERBED} the {NOUN}.
Thanks to {P} for the {NOUN}.
Thank you, {G}!
Thanks {G}, that {VERBED} my {NOUN}.
Hi {G},
Hi {G}, {SENT}.
Hello {G}, {SENT}.
Hello {TS},
Dear {TS},
Dear {F},
Dear {G}, {SENT}.
Dear {G} and {G},
Good morning {G}, {SENT}.
{G}, {SENT}.
{G} - {SENT}.
{G}: {SENT}
Hey {G}! {SENT}
Best regards,\\n{F}
Best,\\n{G}
Kind regards,\\n\\n{F}\\n{JOB}\\n{ORG}
Sincerely,\\n{F}\\n{JOB}, {ORG}
Regards,\\n{G}
Thanks,\\n{G}
Cheers,\\n{G}
Yours truly,\\n{F}
Love,\\n{G} and {G}
-- \\n{F}\\n{ORG}\\n{PHONE}
From: {F} <{EMAIL}>\\nTo: {F} <{EMAIL}>\\nSubject: {ADJ} {NOUN}
From: {F}\\nSent: {DAY}, {MONTH} {NUM}, {YEAR}\\nTo: {F}; {F}\\nCc: {SF}
On {DAY}, {MONTH} {NUM}, {YEAR}, {F} wrote:
-----Original Message-----\\nFrom: {SF}\\nTo: {SF}
cc: {F}, {F}
Attendees: {F}, {F}, {F}
{F} of {ORG} called. Her number is {PHONE}.
This is {F} from {ORG}. {SENT}.
My name is {F} and I live in {CITY}.
My name is {F}, I am a {JOB} at {ORG}.
I'm {G}, {SENT}.
I am {F}, {NUM} years old.
Call me {G}.
His name is {P}.
Her name was {G}, she was a {JOB}.
a man named {F} {VERBED} the {NOUN}
someone called {P} left a {NOUN} for you
the late {F} once {VERBED} that {SENT}
{F}, who {VERBED} the {NOUN}, lives in {CITY}.
{F}, a {JOB} at {PLACE}, {VERBED} {NUM} {NOUNS}.
{F} (born {YEAR}) is a {JOB}.
{P} has {VERBED} {NUM} {NOUNS} since {YEAR}.
{P} had never {VERBED} a {NOUN} before.
{P} is {VERBING} the {NOUN}.
{P} was {VERBING} the {NOUN} when {P} called.
{P} wants to {VERB} the {NOUN}.
{P} works for {ORG} in {CITY}.
{P} lives at {STREET} in {CITY}.
{P} owes {P} {MONEY}.
{P} transferred {MONEY} to {P} on {DAY}.
{P} paid {MONEY} to {ORG}.
{P} thinks that {P} {VERBED} the {NOUN}.
{P} thinks {COUNTRY} will {VERB} the {NOUN}.
{P} died on {MONTH} {NUM}, {YEAR}, in {CITY}.
{P} studied at the University of {CITY} under {P}.
{P} et al. {VERBED} the {NOUN} ({YEAR}).
({S} and {S}, {YEAR})
{S}, {I1}., {S}, {I1}. and {S}, {I1}. ({YEAR}). {WORK}. {ORG}.
{S} ({YEAR}) {VERBED} that {SENT}.
As {S} notes, {SENT}.
{S}'s {NOUN} is {ADJ}.
the works of {F}
a portrait of {F} by {F}
In the words of {F}, {SENT}.
"{SENT}" - {F}
{SENT}. — {F}
Photo: {F} / {ORG}
By {F}
By {F}, {ORG}
Written by {F} and {F}
Reporting by {F} in {CITY}; editing by {F}
Posted by {P} on {MONTH} {NUM}, {YEAR}
Translated by {F}
Edited by {F}
Illustrations by {F}
Interview with {F}
A conversation with {F}, {JOB} of {ORG}
Statement of {F} before the committee
Minutes taken by {P}
Present: {F} (chair), {F}, {F}
{G} {S} and {G} {S} {VERBED} the {NOUN} together.
Mr. and Mrs. {S} {VERBED} the {NOUN}.
The {S}s are our neighbours.
Messrs. {S} and {S} {VERBED} the {NOUN}.
Aunt {G} and Uncle {G} {VERBED} the {NOUN}.
Grandma {G} {VERBED} a {NOUN} for {G}.
Saint {G} {VERBED} the {NOUN}.
King {G} and Queen {G} {VERBED} the {NOUN}.
Dr. {S} examined the patient, {F}, and {VERBED} the {NOUN}.
Professor {S} teaches {NOUN} at {ORG}.
Captain {S} ordered his men to {VERB} the {NOUN}.
Officer {S} stopped a car driven by {F}.
Nurse {G} {VERBED} my {NOUN}.
Coach {S} told {S} to {VERB} the {NOUN}.
the tenant, {F}, {VERBED} the {NOUN}
our {JOB} {P} {VERBED} the {NOUN}
according to {JOB} {F}, {SENT}
with {F} as {JOB}
{F} as {F}
between {P} and {P}
from {P} to {P}
for {P} and {P}
including {P}, {P} and {P}
such as {F}, {F}, or {F}
like {P} or {P}
than {P}
unlike {P}, {P} {VERBED} the {NOUN}
if {P} {VERBED} the {NOUN}, {P} would {VERB} it
because {P} {VERBED} it
{P} vs. {P}
{P} & {P}
{P}/{P}
{F} III {VERBED} the {NOUN}
{F} Jr. {VERBED} the {NOUN}
{F}, PhD, {JOB}
{F}, MD
Sir {F} {VERBED} the {NOUN}
`;
