#!/bin/bash
# Exit code 0 when the broker answers: which versions it speaks, asked as any client begins. A JVM a check would take the memory and
# the processor that the broker needs.
exec 3<>"/dev/tcp/${1:-127.0.0.1}/${2:-9092}" || exit 1
# ApiVersions (18), version 0, correlation 1, no client id: ten bytes.
printf '\0\0\0\12\0\22\0\0\0\0\0\1\377\377' >&3
# Its length and the correlation come back.
[ "$(timeout 2 head -c 8 <&3 | od -An -tx1 | tr -d ' ' | cut -c 9-)" = 00000001 ]
