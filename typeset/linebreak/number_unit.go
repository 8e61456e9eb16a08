package linebreak

import (
	"strings"

	"offprint/typeset"
)

// A number is never parted from its unit: 2025│年, 143│亿, 15.6│萬, 20│％, 5│km.
// 第 stays with the number that follows. After an amount of money with its sign
// some of these words are others: HK$480│只够. All regions with Han.
//
// CLREQ "Digits and their Prefix and Suffix".
// https://www.w3.org/TR/clreq/#h-digits_and_their_prefix_and_suffix
const ruleNumberUnit typeset.RuleID = "number-unit"

// counters are the characters that count or measure what stands before them.
const counters = "年月日号號时時点點分秒刻天周週岁歲代届屆期季度" + // time
	"十百千万萬亿億兆" + // powers of ten
	"元圆圓角毛块塊镑鎊円" + // money
	"％‰℃℉°度米尺寸里吨噸克斤两兩升亩畝顷頃呎吋公平立海毫厘釐千瓦伏安赫" + // measures
	"个個名位人家座次倍成折项項条條张張辆輛架艘台臺部间間所栋棟层層楼樓户戶只隻头頭匹棵枚件份" +
	"笔筆批轮輪场場站卷册冊本页頁章回集首幅支枝根粒颗顆瓶杯碗盒箱袋套双雙对對组組群班队隊排级級等类類种種款档檔股票宗单單门門省市县縣区區村路线線万萬多余餘几幾后後強强弱"

func numberUnits(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		left, right := p.solid(i), &p.all[i]
		if left < 0 || i-left > 2 {
			continue
		}
		before := &p.all[left]
		switch {
		case numeral(before.class) && p.counts(left, right.r),
			before.r == '第' && numeral(right.class) && left == i-1,
			before.class == digit && right.class == latin && i-left == 2 && p.latinUnit(i):
			p.forbid(i, ruleNumberUnit)
		}
	}
}

// counts reports whether r counts the number that ends at i.
func (p *paragraph) counts(i int, r rune) bool {
	if !strings.ContainsRune(counters, r) {
		return false
	}
	if !strings.ContainsRune(afterMoney, r) {
		return true
	}
	for ; i >= 0 && (numeral(p.at(i).class) || strings.ContainsRune(",.", p.all[i].r)); i-- {
	}
	return !strings.ContainsRune(currencySigns, p.at(i).r)
}

// afterMoney are counters that mean something else where money stands before
// them: only, towards, at once, the public.
const afterMoney = "只对對立公"

// longestUnit is the number of letters of the longest of them: a longer word is
// no unit.
const longestUnit = 4

// latinUnits are the symbols that a space may part from their number.
var latinUnits = map[string]bool{}

func init() {
	for _, unit := range strings.Fields("km m cm mm nm µm kg g mg t L ml W kW MW GW Wh kWh MWh GWh V A Hz kHz MHz GHz " +
		"KB MB GB TB PB kbps Mbps Gbps fps px pt mph kPa Pa bn tn ha sq") {
		latinUnits[unit] = true
	}
}

// latinUnit reports whether the Latin word that begins at i is a unit.
func (p *paragraph) latinUnit(i int) bool {
	end := i
	for end < len(p.all) && p.all[end].class == latin && end-i <= longestUnit {
		end++
	}
	word := p.text[p.all[i].start:p.all[end-1].end]
	return latinUnits[word]
}
