// Package notosanshk embeds Noto Sans HK Regular: Chinese in traditional characters as they are written in Hong Kong.
//
// The font is under the SIL Open Font License 1.1, which stands beside it in
// OFL.txt. "make fonts" fetches it again and checks its hash.
package notosanshk
