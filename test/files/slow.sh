#!/bin/sh
sleep 7174 | cat
