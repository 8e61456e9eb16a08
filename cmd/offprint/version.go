package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"offprint"
)

// versionInfo is what --json prints of the program.
type versionInfo struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the source, where the build knows it
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version of the program",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := versionInfo{Version: offprint.Version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
			if build, ok := debug.ReadBuildInfo(); ok {
				for _, setting := range build.Settings {
					if setting.Key == "vcs.revision" {
						v.Revision = setting.Value
					}
				}
			}
			if a.json {
				return a.writeJSON(v)
			}
			line := fmt.Sprintf("offprint %s (%s, %s)", v.Version, v.Go, v.Platform)
			if v.Revision != "" {
				line = fmt.Sprintf("offprint %s (%.12s, %s, %s)", v.Version, v.Revision, v.Go, v.Platform)
			}
			if _, err := fmt.Fprintln(a.stdout, line); err != nil {
				return &outputError{"standard output", reason(err)}
			}
			return nil
		},
	}
}
