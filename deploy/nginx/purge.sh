#!/bin/sh
# Takes a document and the pictures of its pages out of nginx's cache, when nobody
# may have it any more:
#
#   purge.sh HASH [FOLDER]
#
# HASH is the name in /v1/pdf/HASH.pdf. offprint itself has purged the document
# when a hook said that the article was taken back; this is for copies at the edge.
# A cache's file is named by the MD5 of its key (levels=1:2). As root or nginx's user.
set -eu
hash=${1:?"usage: purge.sh HASH [FOLDER]"}
folder=${2:-/var/cache/nginx/offprint}
case $hash in *[!0-9a-f]*) echo "purge: $hash is no document's name" >&2; exit 2 ;; esac

gone=0
drop() {
	sum=$(printf %s "$1" | md5sum | cut -c1-32)
	rest=${sum%?}
	file=$folder/${sum#"$rest"}/${rest#"${rest%??}"}/$sum
	if [ -e "$file" ]; then
		rm -f "$file"
		gone=$((gone + 1))
	fi
}

for method in GET HEAD; do
	drop "$method/v1/pdf/$hash.pdf"
	page=1
	while [ $page -le 500 ]; do # limits.pages
		drop "$method/v1/pages/$hash/$page.png"
		page=$((page + 1))
	done
done
echo "purge: $gone files"
