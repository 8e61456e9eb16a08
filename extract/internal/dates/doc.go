// Package dates reads the dates that people write on pages, in Chinese, Japanese,
// Korean and English.
//
// In: words; the site's own layouts; the zone to take when the words name none; and,
// for a [Reader], the labels that stand before another date. Out: a [Moment] with
// its precision and the words it was read from, or the [Trouble] why there is none.
//
//	read.go       the day, in its forms
//	timeofday.go  the time of day beside it
//	zone.go       the zone beside that; zonenames.go, whose clocks are known
//	numerals.go   full-width digits and Han numerals → ASCII
//	calendar.go   names of months and weekdays
//
// It must not guess: a day that can be read two ways, or that no calendar has, is
// refused, and a zone that means two clocks leaves the day alone. It reads no clock
// and no time zone database.
package dates
