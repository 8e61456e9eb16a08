package noto

import _ "embed" // a string is embedded without a copy

// The embedded files.
var (
	//go:embed NotoSansSC_400Regular.ttf
	sansSC string
	//go:embed NotoSansSC_700Bold.ttf
	sansSCBold string
	//go:embed NotoSansHK_400Regular.ttf
	sansHK string
	//go:embed NotoSansHK_700Bold.ttf
	sansHKBold string
)

// families are the faces, in the order in which they are asked for a character.
// The first one also serves languages that none is drawn for. A face is a line here
// and its download in ../refresh.sh.
var families = []family{
	{
		name:    "Noto Sans SC", // simplified characters, and Japanese kana
		langs:   []string{"zh", "zh-Hans"},
		samples: []Sample{{"zh-Hans", "渡口的早班船，每天六班。"}},
		faces: []face{
			{400, "NotoSansSC_400Regular.ttf", "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16", &sansSC},
			{700, "NotoSansSC_700Bold.ttf", "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96", &sansSCBold},
		},
	},
	{
		name:    "Noto Sans HK", // traditional characters, as they are written in Hong Kong
		langs:   []string{"zh-Hant", "zh-HK", "zh-TW", "zh-MO", "yue"},
		samples: []Sample{{"zh-Hant-HK", "渡口的早班船，每天六班。"}},
		faces: []face{
			{400, "NotoSansHK_400Regular.ttf", "154ee8273741df924c7c509029478389bc4d91994fc51d5213af158ce09d3efb", &sansHK},
			{700, "NotoSansHK_700Bold.ttf", "9c8bc87430613644fee27cbde7df8b72fd1ae8a6ff3ef8d9a35c4e6cd155b20f", &sansHKBold},
		},
	},
}

// licence is the licence of all of them.
const licence, licenceSum = "OFL.txt", "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9"
