package linebreak

import "offprint/typeset"

// Rule is a rule of line composition.
type Rule struct {
	ID    typeset.RuleID
	apply func(*paragraph) // nil where the rule holds while lines are made
}

// rules are applied in this order. Those that set widths come first, then those
// that say where a line may end (what allows or prices before what forbids),
// then those that put white between characters. The rules of the last group
// need what all others have done.
var rules = []Rule{
	// How wide a character is.
	{ruleWesternMark, westernMarks},
	{ruleMarkWidth, markWidths},
	{ruleTwoEmDash, twoEmDashes},
	{ruleAdjacentMarks, adjacentMarks},
	{ruleBangRun, bangRuns},
	{ruleMissingGlyph, nil},

	// Where a line may end.
	{ruleUAX14, uax14},
	{ruleNewline, newlines},
	{ruleBlockEnd, blockEnd},
	{ruleLevel, kinsokuLevel},
	{ruleHanQuote, hanQuotes},
	{ruleASCIIQuote, asciiQuotes},
	{ruleURL, urls},
	{ruleSoftHyphen, softHyphens},
	{ruleHyphen, hyphens},
	{ruleUnitPhrase, unitPhrases},
	{ruleLatinWord, latinWords},
	{ruleKoreanWord, koreanWords},
	{ruleKinsokuStart, kinsokuStart},
	{ruleKinsokuEnd, kinsokuEnd},
	{ruleInterpunct, interpuncts},
	{ruleConnector, connectors},
	{ruleSolidus, solidus},
	{ruleDashPair, dashPair},
	{ruleNumber, numbers},
	{ruleCurrency, currencies},
	{ruleNumberUnit, numberUnits},
	{ruleRubyBase, rubyBases},

	// What white stands between.
	{ruleKerning, kerning},
	{ruleHanLatin, hanLatinGaps},
	{ruleWordSpace, wordSpaces},
	{ruleExpansion, hanGaps},
	{ruleReduction, nil},
	{ruleSourceIndent, sourceIndents},
	{ruleRubyWhite, rubyWhite},

	// How lines are made.
	{ruleEmergency, emergencies},
	{ruleLineEdge, nil},
	{ruleFirstLine, nil},
	{ruleFlush, nil},
	{ruleLastLine, nil},
	{ruleRunt, nil},
	{ruleBalance, nil},
	{ruleRubyReading, nil},
}

// Rules gives the IDs of all rules, in the order in which they are applied.
func Rules() []typeset.RuleID {
	ids := make([]typeset.RuleID, len(rules))
	for i := range rules {
		ids[i] = rules[i].ID
	}
	return ids
}
