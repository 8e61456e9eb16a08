package hook

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// What is what happened to an article.
type What string

// What can happen.
const (
	// Publish: readers can read the article now. Sources that do not tell the first
	// time from later ones send it again for the same article (Strapi, Contentful,
	// WordPress). What may be done only once, such as mailing it, is done once for each
	// Event.Article.
	Publish What = "publish"
	// Update: a published article changed. What was printed of it is out of date.
	Update What = "update"
	// Withdraw: readers can no longer read the article.
	Withdraw What = "withdraw"
	// Ignore: nothing to do; Event.Reason says why. The sender is thanked all the
	// same, because a refusal would make it try again.
	Ignore What = "ignore"
)

// Event is what a request says.
type Event struct {
	// ID is the same for repeats of a delivery: 32 hexadecimal digits, made of the
	// hook's name and of webhook-id, where that is signed, or of all that the
	// delivery says (see Config.VersionPath).
	ID   string `json:"id"`
	What What   `json:"what"`
	// Name is what the source calls it: "entry.publish".
	Name string `json:"name,omitempty"`
	// Reason says why there is nothing to do, with Ignore.
	Reason string `json:"reason,omitempty"`
	// Article names the article as the source does, and stays when its title or
	// address changes. At most 255 bytes; unique within a hook; empty when the
	// source has no name for it.
	Article string `json:"article,omitempty"`
	// URL is the article's address, http or https, at most 2048 bytes. Publish and
	// Update have one. Withdraw has one or an Article: who deletes an article often
	// tells its id alone, so which Article was published under which address is to
	// be kept.
	URL   string `json:"url,omitempty"`
	Title string `json:"title,omitempty"` // one line, at most 300 characters
	// HTML is the text as the source keeps it: seldom the whole page, often without
	// author and date, so the page at URL is the better source where it can be read.
	HTML string `json:"html,omitempty"`
	Lang string `json:"lang,omitempty"` // BCP 47
	// Restricted articles are not for everybody: members only, paid, behind a
	// password. HTML is then left out, so that no public PDF is made of it.
	Restricted bool `json:"restricted,omitempty"`
	// Unverified events came without proof of their sender (verify = "none").
	Unverified bool `json:"unverified,omitempty"`
}

// hashID makes an ID of its parts, each with its length, so that no two lists of
// parts run into the same bytes.
func hashID(parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		hash.Write([]byte(part))
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}
