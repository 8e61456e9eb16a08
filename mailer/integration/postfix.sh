#!/bin/sh
# Runs a Postfix of its own on loopback until its standard input closes.
#
# usage: postfix.sh FOLDER PORT USER PASSWORD CERTIFICATE KEY
#
# FOLDER holds its configuration, queue and mailbox; mail for anybody at
# example.test lands in FOLDER/mail/box/new, except that "later@" is answered
# with 450 and "never@" with 550. Cyrus SASL reads its passwords from /etc alone,
# so a copy of /etc is laid over the real one: in a mount namespace of our own,
# which nothing outside sees and which vanishes with this process.
set -eu

if [ "${OFFPRINT_IN_NAMESPACE:-}" != yes ]; then
	OFFPRINT_IN_NAMESPACE=yes exec unshare -m "$0" "$@"
fi
folder=$1 port=$2 user=$3 password=$4 certificate=$5 key=$6

mount --make-rprivate /
mkdir -p "$folder/conf" "$folder/queue" "$folder/data" "$folder/mail/box"
cp -a /etc "$folder/etc"
mount --bind "$folder/etc" /etc

printf %s "$password" | saslpasswd2 -p -c -u offprint.test "$user"
chgrp postfix /etc/sasldb2
chmod 640 /etc/sasldb2
chown postfix "$folder/data"
chown -R nobody "$folder/mail"

cat >"$folder/conf/main.cf" <<-END
	compatibility_level = 3.6
	myhostname = mx.offprint.test
	queue_directory = $folder/queue
	data_directory = $folder/data
	maillog_file = /dev/stdout
	maillog_file_prefixes = /dev/stdout, $folder
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	mydestination =
	alias_maps =
	local_recipient_maps =
	default_transport = error:nothing leaves this machine
	virtual_mailbox_domains = example.test
	virtual_mailbox_base = $folder/mail
	virtual_mailbox_maps = regexp:$folder/conf/boxes
	virtual_uid_maps = static:65534
	virtual_gid_maps = static:65534
	virtual_minimum_uid = 100
	message_size_limit = 26214400
	virtual_mailbox_limit = 0
	mailbox_size_limit = 0
	smtpd_tls_security_level = encrypt
	smtpd_tls_auth_only = yes
	smtpd_tls_chain_files = $key, $certificate
	smtpd_sasl_auth_enable = yes
	smtpd_sasl_type = cyrus
	smtpd_sasl_local_domain = offprint.test
	smtpd_recipient_restrictions = check_recipient_access regexp:$folder/conf/access
	smtpd_relay_restrictions = permit_sasl_authenticated, reject
	smtpd_client_connection_rate_limit = 0
	smtpd_peername_lookup = no
END
echo '/./ box/' >"$folder/conf/boxes"
cat >"$folder/conf/access" <<-END
	/^later@/ 450 4.7.1 try later
	/^never@/ 550 5.1.1 no such user
END
cat >"$folder/conf/master.cf" <<-END
	127.0.0.1:$port inet n - n - - smtpd
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 300 1 qmgr
	flush unix n - n 1000? 0 flush
	tlsmgr unix - - n 1000? 1 tlsmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	proxymap unix - - n - - proxymap
	error unix - - n - - error
	retry unix - - n - - error
	virtual unix - n n - - virtual
	anvil unix - - n - 1 anvil
	postlog unix-dgram n - n - 1 postlogd
END

postfix -c "$folder/conf" start-fg >"$folder/log" 2>&1 &
echo started
cat >/dev/null
postfix -c "$folder/conf" stop >>"$folder/log" 2>&1 || true
wait || true
