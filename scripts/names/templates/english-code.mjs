// Lines of code, dumps and logs: in the first list somebody is named, in the second nobody. One a line.

export const CODE_PEOPLE = `
 * @author {F}
 * @author {F} <{EMAIL}>
/** @author {F} */
// @author {F}
// Copyright (c) {YEAR} {F}
 * Copyright (c) {YEAR}-{YEAR} {F} and contributors
/* Copyright {YEAR} {F}. All rights reserved. */
# Author: {F}
# Written by {F}, {YEAR}
// Written by {F} for {ORG}
# Maintainer: {F} <{EMAIL}>
// TODO({G}): {SENT}
// ask {F} about this
// {F} says {SENT}
/* Reported by {F} ({EMAIL}) */
// Thanks to {F} for the patch
"author": "{F} <{EMAIL}>",
"author": "{F}",
"contributors": ["{F}", "{F}"],
  name: "{F}",
  name: '{F}',
  "name": "{F}",
    "full_name": "{F}",
    "customer": "{F}",
  "firstName": "{G}",
  "lastName": "{S}",
{"id": {NUM}, "name": "{F}", "city": "{CITY}"},
const user = { name: "{F}", email: "{EMAIL}" };
const patient = "{F}";
expect(user.name).toBe("{F}");
assert name == "{F}"
greet("{G}");
print("Hello, {G}!")
users.push("{F}");
User.create(name: "{F}", role: "{JOB}")
people = ["{F}", "{F}", "{F}"]
INSERT INTO users (id, name) VALUES ({NUM}, '{F}');
INSERT INTO {NOUN} VALUES ({NUM}, '{F}', '{EMAIL}', '{CITY}');
({NUM}, '{F}', '{EMAIL}', '{CITY}'),
({NUM}, '{G}', '{S}', '{PHONE}'),
UPDATE users SET name = '{F}' WHERE id = {NUM};
{NUM},{F},{CITY},{EMAIL}
{NUM},"{F}","{STREET}",{PHONE}
{NUM};{S};{G};{CITY}
{G},{S},{EMAIL},{PHONE}
{F}|{CITY}|{NUM}
{F}\\t{JOB}\\t{NUM}
{LOGTIME} INFO [{CAMEL}] user={NUM} name="{F}" action=login
{LOGTIME} WARN customer {F} called from {PHONE}
{LOGTIME} {CAMEL}: {F} logged in from {IP}
{LOGTIME} DEBUG payload={"name":"{F}","id":{NUM}}
[{LOGTIME}] {F}: {SENT}
<td>{F}</td>
<author>{F}</author>
<Name>{F}</Name>
- name: {F}
  customer: {F}
  owner: {F} <{EMAIL}>
Signed-off-by: {F} <{EMAIL}>
Author: {F} <{EMAIL}>
| {NUM} | {F} | {CITY} |
`;
export const CODE_NOBODY = `
 * @module {CAMEL}
 * @see {CAMEL}
 * @type {CAMEL}
 * @param {CAMEL} {SENT}
// Copyright (c) {YEAR} {ORG}
# Author: {ORG}
"author": "{ORG}",
  name: "{PROD}",
  name: '{CAMEL}',
  "name": "{BIGADJ} {BIGNOUN}",
    "title": "{BIGNOUN} {BIGNOUN}",
    "city": "{CITY}",
{"id": {NUM}, "name": "{BIGNOUN}", "city": "{CITY}"},
const {camel} = "{BIGADJ} {BIGNOUN}";
expect({camel}).toBe("{BIGNOUN}");
print("{BIGVERB} {NOUN}")
INSERT INTO cities (id, name) VALUES ({NUM}, '{CITY}');
({NUM}, '{PROD}', '{ORG}', '{CITY}'),
{NUM},{CITY},{COUNTRY},{NUM}
{NUM},"{BIGADJ} {BIGNOUN}","{ORG}",{NUM}
{BIGNOUN},{BIGNOUN},{BIGNOUN}
{LOGTIME} INFO [{CAMEL}] {BIGVERB} {NOUN} name="{BIGNOUN}"
{LOGTIME} WARN {ORG} {NOUN} {VERBED}
{LOGTIME} {CAMEL}: {BIGADJ} {BIGNOUN} {VERBED}
<td>{CITY}</td>
<title>{BIGADJ} {BIGNOUN}</title>
- name: {BIGVERB} {NOUN}
  description: {BIGVERB} the {NOUN} of the {BIGNOUN}
  region: {CITY}
enum {CAMEL} { {BIGNOUN}, {BIGNOUN}, {BIGNOUN} }
import {BIGNOUN} from "{camel}"
case {BIGNOUN}:
return new {BIGNOUN}({camel});
// {BIGNOUN} {BIGNOUN}: {SENT}
# {BIGADJ} {BIGNOUN}
`;
