package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// timing is what hyperfine says of one program, in seconds.
type timing struct {
	Mean   float64 `json:"mean"`
	Stddev float64 `json:"stddev"`
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	User   float64 `json:"user"`
	System float64 `json:"system"`
}

// timeAll runs all programs under one hyperfine, two warm-ups each, with no shell
// between. A program's profile folder is removed before each run, untimed.
func timeAll(ctx context.Context, programs []program, runs int, work string) ([]timing, error) {
	export := filepath.Join(work, "times.json")
	args := []string{
		"--shell=none", "--style=basic", "--warmup=2", "--runs=" + strconv.Itoa(runs), "--export-json=" + export,
	}
	for _, p := range programs {
		before := "true"
		if p.profile != "" {
			before = "rm -rf " + quote(p.profile)
		}
		args = append(args, "--prepare="+before)
	}
	for _, p := range programs {
		args = append(args, "--command-name="+p.name, commandLine(p.args))
	}
	hyperfine := exec.CommandContext(ctx, "hyperfine", args...)
	hyperfine.Stdout, hyperfine.Stderr = os.Stderr, os.Stderr
	if err := hyperfine.Run(); err != nil {
		return nil, fmt.Errorf("run hyperfine: %w; is it installed, and chromium with it?", err)
	}
	data, err := os.ReadFile(export)
	if err != nil {
		return nil, err
	}
	var report struct{ Results []timing }
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, fmt.Errorf("read hyperfine's report: %w", err)
	}
	if len(report.Results) != len(programs) {
		return nil, fmt.Errorf("read hyperfine's report: %d results for %d programs", len(report.Results), len(programs))
	}
	return report.Results, nil
}

// commandLine joins arguments so that hyperfine's splitter parts them again.
func commandLine(args []string) string {
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = quote(arg)
	}
	return strings.Join(quoted, " ")
}

func quote(arg string) string { return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'" }

// versions gives a line on each program that took part.
func versions(ctx context.Context, s settings) []string {
	var lines []string
	for _, args := range [][]string{{s.chromium, "--version"}, {"hyperfine", "--version"}, {"go", "version"}} {
		if out, err := exec.CommandContext(ctx, args[0], args[1:]...).Output(); err == nil {
			lines = append(lines, strings.TrimSpace(string(out)))
		}
	}
	return lines
}
