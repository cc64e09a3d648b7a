#!/bin/bash
# `bash docker/healthcheck.sh live|ready`: exit code 0 when this container's service says so. The image has no curl, and a Node process
# a check would cost more than the service itself does.
exec 3<>"/dev/tcp/${PAYMATCH_HOST:-127.0.0.1}/$PORT" || exit 1
printf 'GET /health/%s HTTP/1.0\r\n\r\n' "${1:-live}" >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
