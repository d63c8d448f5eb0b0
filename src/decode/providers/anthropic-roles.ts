// What the strings of Anthropic's requests are, wherever its models are served. Source: docs.anthropic.com/en/api.
// Law: a tool's input is arguments to its last member: `id` and `signature` in it are no identifiers of the API. A
// plain-text document stands where a picture's base64 does: `media` does not mean unreadable.

import { under } from "./roles.ts";

const BLOCKS = `
  fixed /*/{type,id,tool_use_id,name,signature,data,server_name,encrypted_content} /*/cache_control/**
  fixed /*/source/{type,media_type,file_id} /*/content/*/{type,encrypted_content,encrypted_stdout,file_id,tool_name}
  fixed /*/content/*/source/{type,media_type,file_id} /*/content/*/cache_control/** /*/caller/**
  fixed /*/citations/*/{type,encrypted_index,file_id} /*/content/{type,file_id,encrypted_content,encrypted_stdout}
  tool-arguments /*/input/**
  tool-result /*/content/**
  media /*/source/{data,url} /*/content/*/source/{data,url}`;

const BODY = `
  fixed /model /service_tier /container /container/id /tool_choice/** /anthropic_version /anthropic_beta/*
  fixed /tools/*/{type,name} /tools/*/cache_control/** /mcp_servers/*/{type,name,url} /betas/*
  fixed /messages/*/role /system/*/type /system/*/cache_control/** /thinking/** /output_config/effort /cache_control/**
  metadata /metadata/** ${under("/messages/*/content", BLOCKS)}`;

export const ANTHROPIC_ROLES: string = `${BODY}
  fixed /requests/*/custom_id ${under("/requests/*/params", BODY)}`.trim();
