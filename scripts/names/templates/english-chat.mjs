// English tweets, posts, comments and reviews about people and things. One a line.

export const CHAT = `
omg {P} is so {ADJ}
OMG {P} {VERBED} my {NOUN}!!!
{P} is my favorite {JOB}
{P} is trending again lol
i love {P} so much
I love {P}'s {NOUN}
i miss {G} :(
can't wait to see {P} at {PLACE} tonight
just saw {P} at {PLACE} {HASH}
watching {WORK} with {G} and {G}
listening to {P} and {BAND} all day
RT {HANDLE}: {P} is {ADJ} {HASH}
RT {HANDLE}: {SENT} {URL}
RT {HANDLE} : {P} - {SENT} {URL}
{HANDLE} {G} says {SENT}
{HANDLE} tell {G} i said hi
{HANDLE} happy birthday {G}!! {EMOJI}
{HANDLE} {HANDLE} did {P} {VERB} it?
{HANDLE} i think {P} {VERBED} it
happy birthday {G}!
Happy birthday to {P} {EMOJI}
happy bday {P} {HASH}
congrats {P}!
Congratulations to {F} on the {ADJ} {NOUN}
RIP {F}
rip {F} {EMOJI}
R.I.P. {F}, you will be missed
{P} for president
{P} should {VERB} already
{P} needs to {VERB} the {NOUN}
why is {P} {VERBING} the {NOUN}
why does {P} always {VERB} me
what did {P} do now
who is {P}?
who tf is {P}
is {P} {VERBING} tonight?
did you see {P} on {WORK}?
{P} on {WORK} tonight was {ADJ}
{P} on sunday night {EMOJI}
New video: {P} - {WORK} {URL}
New post: {P} {VERBS} the {NOUN} {URL}
NEWS: {P} {VERBS} {NOUN} in {CITY} {URL}
Video: {P} feat. {P} - {WORK}
{P} ft. {P} - {WORK}
{P} x {P}
Now playing: {P} - {WORK}
#np {P} - {WORK}
lmao {G} just {VERBED} my {NOUN}
me and {G} are {VERBING} tonight
me & {G} at {PLACE}
going to {PLACE} with {G}
with {G} and {G} at {PLACE}
{G} and i are {VERBING} the {NOUN}
so {G} and me went to {PLACE}
my cousin {G} is {ADJ} af
my boy {G} {VERBED} it
shout out to {P} for {VERBING}
shoutout to {G} {EMOJI}
s/o {G}
thx {G}
ty {G}!
thanks {G} {EMOJI}
good morning {G}
hey {G} whats up
hey {G}, {SENT}
yo {G} {SENT}
nah {G} {VERBED} it
yes {G}!
{G} stop {VERBING}
{G} pls
{G}!!!!
{G} {EMOJI}
I agree with {P}, {SENT}.
I agree with {G} on this one.
As {G} said, {SENT}
{G} is right, {SENT}.
+1 to what {G} said
@{G} {SENT}
{P} was right about the {NOUN}
{P} > {P}
{P} or {P}?
{P} vs {P} tonight
team {G}
vote for {P}
I voted for {S}
{S} won the {NOUN}
{S} is the worst {JOB} ever
{S} should be {VERBED}
{S} and {S} are {ADJ}
anyone but {S}
{P} fans are {ADJ}
{P} concert was {ADJ}
{P}'s new album is {ADJ}
the new {P} song is {ADJ}
that {P} movie was {ADJ}
a {P} fan
our {JOB}, {G}, was so {ADJ}!
Our server {G} was {ADJ} and {ADJ}.
{G} was very {ADJ} and {VERBED} everything.
Ask for {G}!
Ask for {G}, she is the best.
Dr. {S} is {ADJ}. {SENT}.
Dr {S} {VERBED} my {NOUN} at {ORG}.
I took my {NOUN} to {G} at {ORG} and he {VERBED} it.
{G} at the front desk was {ADJ}.
{G} and his team did a {ADJ} job.
{G} and {G} are {ADJ} people.
Special thanks to {G} in {DEPT}.
Highly recommend {P}!
I have been going to {P} for {NUM} years.
Love this place! {G} {VERBED} my {NOUN}.
{G} you are {ADJ}!
lol {G} is {ADJ}
idk ask {G}
ask {G} or {G}
call {G} asap
{G} called, call him back at {PHONE}
text {G} when you {VERB}
tell {G} to {VERB} the {NOUN}
remind {G} about {DAY}
pick up {G} at {TIME}
dinner w/ {G} at {TIME}
meeting with {P} at {TIME} in {PLACE}
lunch with {P} on {DAY}
is that {P} in the back?
isn't that {P}?
the guy next to {P} is {P}
{P} looks like {P}
{P} and {P} broke up
{P} is dating {P}
{P} kissed {P}
{P} just followed me!
{P} replied to me {EMOJI}
{P} please follow me
{P} come to {COUNTRY}
In this video {P} explains the {NOUN}
great video {P}
love your videos {G}
{G} from {ORG} here, {SENT}
{P} plays {P} in {WORK}
{P} as the {ADJ} {JOB} was {ADJ}
i hate that {P} died in {WORK}
when {P} said "{SENT}"
{P}: {SENT}
{P} be like {SENT}
no one: ... {P}: {SENT}
if {P} can {VERB} it so can i
`;
export const NOBODY_CHAT = `
omg {THING} is so {ADJ}
OMG {THING} {VERBED} my {NOUN}!!!
i love {THING} so much
I love {THING}'s {NOUN}
can't wait to see {BAND} at {PLACE} tonight
watching {WORK} tonight
listening to {BAND} all day
RT {HANDLE}: {THING} is {ADJ} {HASH}
RT {HANDLE}: {SENT} {URL}
RT {HANDLE}: {BIG} {URL}
{HANDLE} {SENT}
{HANDLE} {HANDLE} {SENT} {HASH}
{HASH} {HASH} {SENT}
Happy {DAY}!
Happy New Year from {ORG}
Merry Christmas everyone {EMOJI}
Good Morning {CITY}!
congrats {TEAM}!
Go {TEAM}!
{TEAM} {VERBED} {TEAM} {NUM}-{NUM}
{TEAM} vs {TEAM} tonight
{TEAM} game tonight {HASH}
{COUNTRY} {VERBED} {COUNTRY} in the final
is {WORK} on {SHOP} yet?
New post: {BIG} {URL}
NEWS: {BIG} {URL}
{BIG} {URL}
{BIG} - {ORG} {URL}
{BIG}: {BIG}
I'm at {PLACE} ({CITY}, {STATE}) {URL}
I'm at {ORG} in {CITY} {URL}
just ordered the {PROD} from {SHOP}
my {PROD} is {ADJ}
{PROD} vs {PROD}?
anyone tried the new {PROD}?
going to {CITY} on {DAY}
in {CITY} with my {NOUNS}
flying from {CITY} to {CITY}
{CITY} is {ADJ} today
{CITY} here i come
Love {CITY}
the weather in {CITY} is {ADJ}
i hate {DAY}s
{DAY} {MONTH} {NUM}
Follow Friday! {HANDLE} {HANDLE}
Now hiring: {JOBS} in {CITY}, {STATE} {URL}
{JOBS} needed at {ORG} - {CITY}
Up To {NUM}% Off At {SHOP} {URL}
{WORK} is the best {NOUN} ever
{WORK} was {ADJ}
{BAND} - {WORK}
{BAND} concert was {ADJ}
{BAND} new album is {ADJ}
lol {SENT}
Lol {SENT}
Haha {SENT}
Yeah, {SENT}.
Well, {SENT}.
Ugh, {SENT}
Wow! {SENT}.
Yes! {SENT}
Thanks! {SENT}.
Thank you! {SENT}
Great {NOUN}!
Love this {NOUN}! {SENT}.
Best {NOUN} in {CITY}!
The {ADJ} {NOUN} at {ORG} was {ADJ}.
The staff at {ORG} are {ADJ}.
{ORG} is a {ADJ} place to {VERB}.
{ORG} has {VERBED} my {NOUN} for years.
{NAT} food is {ADJ}.
{NAT} {JOB}s are {ADJ}
SO {UPADJ} RIGHT NOW
THIS {UPNOUN} IS {UPADJ}!!!
I CAN'T {UPVERB} THIS
WHY IS {UPCITY} SO {UPADJ}
will you {VERB} the {NOUN}
will {VERB} it tomorrow lol
may the {NOUN} be with you
mark my words, {SENT}
hope you {VERB} soon
rose petals and {NOUNS}
a grace period of {NUM} days
bill was {MONEY}, {ADJ}
jack of all trades
art class was {ADJ}
that guy {VERBED} my {NOUN}
sunny day in {CITY}
{UPWORDS}
{LOWWORDS}
{LOWWORDS}
{LOWWORDS} {HASH}
{HANDLE} {LOWWORDS}
so {LOWWORDS}
i {VERBED} the {NOUN} and {LOWWORDS}
`;
