// Package notosanssc embeds Noto Sans SC Regular: Chinese in simplified characters, and Japanese kana.
//
// The font is under the SIL Open Font License 1.1, which stands beside it in
// OFL.txt. "make fonts" fetches it again and checks its hash.
package notosanssc
