package linebreak

import (
	"strings"

	"offprint/typeset"
)

// The rest of a quantity had better stay with it: 143亿│美元, 3│万│人, 5.2│平方│公里.
// A date may be parted between its parts at a small price: 2025年│7月│21日. All
// regions with Han.
//
// CLREQ "Digits and their Prefix and Suffix".
// https://www.w3.org/TR/clreq/#h-digits_and_their_prefix_and_suffix
const ruleUnitPhrase typeset.RuleID = "unit-phrase"

const (
	unitPhraseCost = 60_000
	datePartCost   = 3000
)

// measures are units of more than one character; the longest come first.
var measures = strings.Fields("平方公里 立方公尺 平方公尺 平方英尺 平方英里 立方米 平方米 平方呎 个百分点 個百分點 百分点 百分點 " +
	"千瓦时 千瓦時 千兆瓦 兆瓦时 人民币 人民幣 新台币 新臺幣 新台幣 个小时 個小時 摄氏度 攝氏度 " +
	"美元 港元 欧元 歐元 英镑 英鎊 日元 日圓 日圆 澳元 加元 韩元 韓元 卢布 盧布 台币 台幣 港币 港幣 美金 " +
	"公里 公尺 公分 厘米 毫米 纳米 納米 微米 英里 英尺 英寸 海里 光年 公斤 千克 毫克 公吨 公噸 公顷 公頃 " +
	"千瓦 兆瓦 小时 小時 分钟 分鐘 秒钟 秒鐘 个月 個月 月份 年代 世纪 世紀 周年 週年 " +
	"人次 公升 毫升 余人 餘人 多人 多名 多家 多个 多個")

const powers = "十百千万萬亿億兆"

func unitPhrases(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		if !numeral(p.all[i-1].class) {
			continue
		}
		at := i
		for at < len(p.all) && strings.ContainsRune(powers, p.at(at).r) {
			p.price(at, unitPhraseCost, ruleUnitPhrase)
			at++
		}
		p.priceMeasure(at)
		if strings.ContainsRune("年月", p.at(i).r) && numeral(p.at(i+1).class) {
			p.price(i+1, datePartCost, ruleUnitPhrase)
		}
	}
}

// priceMeasure prices the breaks before and within the unit that begins at i.
func (p *paragraph) priceMeasure(i int) {
	if i >= len(p.all) || p.all[i].class != han {
		return
	}
	rest := p.text[p.all[i].start:]
	for _, m := range measures {
		if strings.HasPrefix(rest, m) {
			for n := range []rune(m) {
				p.price(i+n, unitPhraseCost, ruleUnitPhrase)
			}
			return
		}
	}
	afterPower := strings.ContainsRune(powers, p.at(i-1).r) && strings.ContainsRune(counters, p.all[i].r)
	if afterPower || p.counts(i-1, p.all[i].r) {
		p.price(i, unitPhraseCost, ruleUnitPhrase)
	}
}
