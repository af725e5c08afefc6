"""WeCom (企业微信): signing in, the organisation, messages and cards. docs/wecom.md explains it."""
