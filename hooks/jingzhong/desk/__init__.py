"""The editor's desk: what helps people who write content, and never runs in a build."""
