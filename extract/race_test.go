//go:build race

package extract

func init() { underRace = true }
