package extract

import "strings"

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

// abbreviated are the zones by their English abbreviation. CST is not here: it
// is China's or America's, see readZone. IST, AST and the like stay unread.
var abbreviated = map[string]keeping{
	"Z": {}, "GMT": {}, "UTC": {}, "WET": {0, european}, "BST": {minutes: 60}, "CET": {minutes: 60}, "CEST": {minutes: 120},
	"EET": {minutes: 120}, "EEST": {minutes: 180}, "MSK": {minutes: 180}, "ICT": {minutes: 420}, "WIB": {minutes: 420},
	"HKT": {minutes: 480}, "HKST": {minutes: 480}, "SGT": {minutes: 480}, "BJT": {minutes: 480}, "MYT": {minutes: 480}, "AWST": {minutes: 480},
	"JST": {minutes: 540}, "KST": {minutes: 540}, "AEST": {minutes: 600}, "AEDT": {minutes: 660}, "NZST": {minutes: 720}, "NZDT": {minutes: 780},
	"EST": {minutes: -300}, "EDT": {minutes: -240}, "CDT": {minutes: -300}, "MST": {minutes: -420}, "MDT": {minutes: -360},
	"PST": {minutes: -480}, "PDT": {minutes: -420}, "AKST": {minutes: -540}, "AKDT": {minutes: -480}, "HST": {minutes: -600},
	"ET": {-300, american}, "CT": {-360, american}, "MT": {-420, american}, "PT": {-480, american}, "AET": {600, australian},
}

// zoneNames are the zones by what stands before 时间, 時間 or 시간. A place that is
// written here in one script is found in the other through zoneNameForms.
var zoneNames = map[string]keeping{
	"北京": {minutes: 480}, "中国": {minutes: 480}, "香港": {minutes: 480}, "澳门": {minutes: 480}, "台北": {minutes: 480}, "台湾": {minutes: 480},
	"上海": {minutes: 480}, "新加坡": {minutes: 480}, "吉隆坡": {minutes: 480}, "本港": {minutes: 480},
	"东京": {minutes: 540}, "日本": {minutes: 540}, "首尔": {minutes: 540}, "韩国": {minutes: 540}, "한국": {minutes: 540}, "서울": {minutes: 540},
	"印度": {minutes: 330}, "曼谷": {minutes: 420}, "迪拜": {minutes: 240}, "杜拜": {minutes: 240}, "莫斯科": {minutes: 180},
	"格林威治": {}, "格林尼治": {}, "世界协调": {}, "伦敦": {0, european}, "英国": {0, european},
	"巴黎": {60, european}, "柏林": {60, european}, "法兰克福": {60, european}, "苏黎世": {60, european}, "欧洲中部": {60, european}, "欧陆": {60, european}, "中欧": {60, european},
	"纽约": {-300, american}, "美东": {-300, american}, "美国东部": {-300, american}, "华盛顿": {-300, american}, "뉴욕": {-300, american}, "미국 동부": {-300, american}, "미 동부": {-300, american},
	"米国東部": {-300, american}, "米東部": {-300, american}, "ニューヨーク": {-300, american}, "芝加哥": {-360, american}, "美国中部": {-360, american},
	"美西": {-480, american}, "美国西部": {-480, american}, "洛杉矶": {-480, american}, "旧金山": {-480, american}, "硅谷": {-480, american},
	"悉尼": {600, australian}, "雪梨": {600, australian}, "澳洲东部": {600, australian}, "惠灵顿": {720, newZealand}, "ロンドン": {0, european},
}

// zoneNameForms folds the forms of one name to that of zoneNames.
var zoneNameForms = strings.NewReplacer("國", "国", "門", "门", "灣", "湾", "臺", "台", "東", "东", "爾", "尔", "韓", "韩", "倫", "伦", "蘭", "兰", "蘇", "苏",
	"歐", "欧", "陸", "陆", "紐", "纽", "約", "约", "華", "华", "頓", "顿", "磯", "矶", "舊", "旧", "矽", "硅", "靈", "灵", "協", "协", "調", "调", "三藩市", "旧金山", "米国東部", "米国東部")
