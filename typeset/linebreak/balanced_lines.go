package linebreak

import (
	"strings"
	"unicode/utf8"

	"offprint/typeset"
)

// A headline takes as few lines as it can, of widths as equal as they can be;
// it rather breaks after a mark, between words, or where a particle shows the end
// of a Chinese word (…的│…, …│与…), and leaves no line of one or two characters.
// All regions.
//
// CSS Text 4, text-wrap-style: balance.
// https://www.w3.org/TR/css-text-4/#text-wrap-style
const ruleBalance typeset.RuleID = "balanced-lines"

// mostBalanced is the most lines that are balanced: time and memory grow with
// the square of the text.
const mostBalanced = 12

// mostBalancedSites bounds the places where those lines may end: more have nothing
// but characters without width between them.
const mostBalancedSites = 2048

const (
	scrapCost  = 1_000_000 // for a line of one or two characters
	insideCost = 2500      // for a break inside a run of Han: as much as two lines 3½ em off the mean
	phraseCost = 800       // where a particle shows that no word is parted: as much as two lines 2 em off
)

// balanced gives the ends of as many lines as first fit takes, at the least sum
// of squared differences from the mean width.
func (f *fitter) balanced() []int {
	var ends []int
	for from := 0; from < len(f.sites)-1; {
		to := from + 1
		for !f.sites[to].forced {
			to++
		}
		ends = append(ends, f.balance(from, to)...)
		from = to
	}
	return ends
}

// balance parts the text between two forced sites. A text that takes more than
// mostBalanced lines, or has more places than mostBalancedSites, is no headline and is filled line by line.
func (f *fitter) balance(from, to int) []int {
	count := f.fewest(from, to)
	if count > mostBalanced || to-from > mostBalancedSites {
		return f.greedyFrom(from, to)
	}
	all := f.sums(from, to)
	mean := all.natural / typeset.Length(count)
	width := to - from + 1
	costs := make([]int64, (count+1)*width)
	prior := make([]int32, (count+1)*width)
	for i := range costs {
		costs[i] = unreached
	}
	costs[0] = 0
	for n := 1; n <= count; n++ {
		for end := 1; end < width; end++ {
			if end%(lookEvery/16) == 0 && f.ctx.Err() != nil {
				return nil
			}
			for start := end - 1; start >= 0; start-- {
				before := costs[(n-1)*width+start]
				s := f.sums(from+start, from+end)
				if !s.fits() && start < end-1 {
					break
				}
				if before == unreached {
					continue
				}
				if c := before + f.balanceCost(&s, mean, from+end); c < costs[n*width+end] {
					costs[n*width+end], prior[n*width+end] = c, int32(start)
				}
			}
		}
	}
	ends := make([]int, count)
	for n, end := count, width-1; n > 0; n-- {
		ends[n-1] = from + end
		end = int(prior[n*width+end])
	}
	return ends
}

// fewest counts the lines of first fit between two forced sites.
func (f *fitter) fewest(from, to int) int {
	count := 0
	for from < to {
		next := from + 1
		for next < to {
			if s := f.sums(from, next+1); !s.fits() {
				break
			}
			next++
		}
		from = next
		count++
	}
	return count
}

func (f *fitter) balanceCost(s *sums, mean typeset.Length, to int) int64 {
	off := int64(s.natural-mean) * 10 / int64(f.em)
	cost := off*off + int64(f.sites[to].cost)
	if !s.fits() {
		cost += overfullCost
	}
	if s.weighty <= 2 && !(s.first && s.last) {
		cost += scrapCost
	}
	switch {
	case s.last || !f.insideHan(to):
	case f.atParticle(to):
		cost += phraseCost
	default:
		cost += insideCost
	}
	return cost
}

// Particles that nearly always end a word, and conjunctions that begin a phrase.
const (
	wordEnders     = "的了们們吗嗎呢吧嘅咗"
	phraseStarters = "与與和或把被但"
)

// atParticle reports whether the site is behind a wordEnder or before a
// phraseStarter.
func (f *fitter) atParticle(to int) bool {
	site := &f.sites[to]
	left, right := &f.block.Items[site.end-1], &f.block.Items[site.start]
	before, _ := utf8.DecodeRuneInString(f.text[left.Start:])
	after, _ := utf8.DecodeRuneInString(f.text[right.Start:])
	return strings.ContainsRune(wordEnders, before) || strings.ContainsRune(phraseStarters, after)
}

// insideHan reports whether the site is between two ideographs.
func (f *fitter) insideHan(to int) bool {
	site := &f.sites[to]
	if site.end == 0 || int(site.start) >= len(f.block.Items) {
		return false
	}
	left := &f.block.Items[site.end-1]
	right := &f.block.Items[site.start]
	touching := left.End == right.Start
	return touching && classAt(f.text, left.Start).ideographic() && classAt(f.text, right.Start).ideographic()
}
