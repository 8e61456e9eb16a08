package dates

import (
	"strings"
)

// The zones that a date can name, and how their clocks run. Where a name means
// several zones, or none that is known here, nothing is guessed.

// keeping is how a place keeps time: minutes east of UTC, and its summer time.
type keeping struct {
	minutes int
	summer  summer
}

type summer int

const (
	noSummer summer = iota
	american        // second Sunday in March to first Sunday in November
	european        // last Sunday in March to last Sunday in October, at 01:00 UTC
	australian
	newZealand
)

// clocks are names of zones that keep one time, parted by |.
type clocks struct {
	keeping
	names string
}

// abbreviated are the zones by their English abbreviation. CST is not here: it
// is China's or America's, see readZone. IST, AST and the like stay unread.
var abbreviated = byName([]clocks{
	{keeping{0, noSummer}, "Z|GMT|UTC"},
	{keeping{60, noSummer}, "BST|CET"},
	{keeping{120, noSummer}, "CEST|EET"},
	{keeping{180, noSummer}, "EEST|MSK"},
	{keeping{420, noSummer}, "ICT|WIB"},
	{keeping{480, noSummer}, "HKT|HKST|SGT|BJT|MYT|AWST"},
	{keeping{540, noSummer}, "JST|KST"},
	{keeping{600, noSummer}, "AEST"},
	{keeping{660, noSummer}, "AEDT"},
	{keeping{720, noSummer}, "NZST"},
	{keeping{780, noSummer}, "NZDT"},
	{keeping{-240, noSummer}, "EDT"},
	{keeping{-300, noSummer}, "EST|CDT"},
	{keeping{-360, noSummer}, "MDT"},
	{keeping{-420, noSummer}, "MST|PDT"},
	{keeping{-480, noSummer}, "PST|AKDT"},
	{keeping{-540, noSummer}, "AKST"},
	{keeping{-600, noSummer}, "HST"},
	{keeping{0, european}, "WET"},
	{keeping{-300, american}, "ET"},
	{keeping{-360, american}, "CT"},
	{keeping{-420, american}, "MT"},
	{keeping{-480, american}, "PT"},
	{keeping{600, australian}, "AET"},
})

// zoneNames are the zones by what stands before 时间, 時間 or 시간. A place that is
// written here in one script is found in the other through zoneNameForms.
var zoneNames = byName([]clocks{
	{keeping{480, noSummer}, "北京|中国|香港|澳门|台北|台湾|上海|新加坡|吉隆坡|本港"},
	{keeping{540, noSummer}, "东京|日本|首尔|韩国|한국|서울"},
	{keeping{330, noSummer}, "印度"},
	{keeping{420, noSummer}, "曼谷"},
	{keeping{240, noSummer}, "迪拜|杜拜"},
	{keeping{180, noSummer}, "莫斯科"},
	{keeping{0, noSummer}, "格林威治|格林尼治|世界协调"},
	{keeping{0, european}, "伦敦|英国|ロンドン"},
	{keeping{60, european}, "巴黎|柏林|法兰克福|苏黎世|欧洲中部|欧陆|中欧"},
	{keeping{-300, american}, "纽约|美东|美国东部|华盛顿|뉴욕|미국 동부|미 동부|米国東部|米東部|ニューヨーク"},
	{keeping{-360, american}, "芝加哥|美国中部"},
	{keeping{-480, american}, "美西|美国西部|洛杉矶|旧金山|硅谷"},
	{keeping{600, australian}, "悉尼|雪梨|澳洲东部"},
	{keeping{720, newZealand}, "惠灵顿"},
})

func byName(table []clocks) map[string]keeping {
	zones := map[string]keeping{}
	for _, row := range table {
		for name := range strings.SplitSeq(row.names, "|") {
			zones[name] = row.keeping
		}
	}
	return zones
}

// zoneNameForms folds the forms of one name to that of zoneNames.
var zoneNameForms = strings.NewReplacer(
	"國", "国", "門", "门", "灣", "湾", "臺", "台", "東", "东", "爾", "尔", "韓", "韩", "倫", "伦",
	"蘭", "兰", "蘇", "苏", "歐", "欧", "陸", "陆", "紐", "纽", "約", "约", "華", "华", "頓", "顿",
	"磯", "矶", "舊", "旧", "矽", "硅", "靈", "灵", "協", "协", "調", "调",
	"三藩市", "旧金山", "米国東部", "米国東部",
)
