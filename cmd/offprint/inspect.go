package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"offprint"
)

func (a *app) inspectCommand() *cobra.Command {
	var flags printFlags
	var stage string
	cmd := &cobra.Command{
		Use:   "inspect SOURCE",
		Short: "Show a stage of the typesetting as text",
		Long: `Show what becomes of an article on its way to the page, as text on standard output:

  article   its fields and typed blocks, numbered for --drop
  blocks    the blocks with their type, size and measure
  lines     the lines: text, width before and after justification, and the
            rule that ended each of them
  pages     everything on its page, with its place in points

With --json it is one JSON object, for programs: the article's own JSON, or
"blocks", "lines" or "pages" with the same in fields; lengths are points, ratios
thousandths of the stretch (above 0) or shrink (below 0) that was used.`,
		Example: `  offprint inspect page.html --stage lines
  offprint inspect page.html --stage article
  offprint inspect page.html --stage lines --json | jq '.lines[] | select(.underfull)'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("give one URL, file, or - for standard input", "inspect shows one source, not %d", len(args))
			}
			if !slices.Contains(offprint.Stages, offprint.Stage(stage)) {
				return usagef("--stage: "+stageNames(), "stage %q is not known", stage)
			}
			o, err := flags.options(a)
			if err != nil {
				return err
			}
			return a.inspect(cmd, args[0], offprint.Stage(stage), o)
		},
	}
	cmd.Flags().StringVar(&stage, "stage", string(offprint.StageLines), "`name`: "+stageNames())
	flags.register(cmd)
	return cmd
}

func (a *app) inspect(cmd *cobra.Command, source string, stage offprint.Stage, o offprint.Options) error {
	doc, err := offprint.Typeset(cmd.Context(), source, o)
	if err != nil {
		return err
	}
	a.warn(doc.Warnings)
	dump := doc.Dump
	if a.json {
		dump = doc.DumpJSON
	}
	err = dump(a.stdout, stage)
	var option *offprint.OptionError
	if err != nil && !errors.As(err, &option) {
		return &outputError{"standard output", reason(err)}
	}
	return err
}

func stageNames() string {
	names := make([]string, len(offprint.Stages))
	for i, stage := range offprint.Stages {
		names[i] = string(stage)
	}
	return strings.Join(names, ", ")
}
