// Package notosansscbold embeds Noto Sans SC Bold: Chinese in simplified characters, and Japanese kana.
//
// The font is under the SIL Open Font License 1.1, which stands beside it in
// OFL.txt. "make fonts" fetches it again and checks its hash.
package notosansscbold
