package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// memory is the most that a program held at one time, in bytes.
type memory struct {
	process int64 // resident set of its first process, as the kernel counts it
	tree    int64 // proportional sets of all its processes together, sampled
}

const samplePause = 4 * time.Millisecond

// peakMemory runs the program once more and watches it and all its descendants.
// The tree's figure shares pages fairly among processes (PSS), so shared libraries
// are counted once; peaks shorter than the pause may be missed.
func peakMemory(ctx context.Context, p program) (memory, error) {
	if p.profile != "" {
		if err := os.RemoveAll(p.profile); err != nil {
			return memory{}, err
		}
	}
	adoptOrphans()
	cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	if err := cmd.Start(); err != nil {
		return memory{}, fmt.Errorf("start: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var peak memory
	for {
		select {
		case err := <-ended:
			if err != nil {
				return memory{}, fmt.Errorf("run: %w", err)
			}
			usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
			peak.process = usage.Maxrss * 1024
			peak.tree = max(peak.tree, peak.process)
			return peak, nil
		case <-time.After(samplePause):
			peak.tree = max(peak.tree, treeMemory(os.Getpid()))
		}
	}
}

// adoptOrphans makes this process the parent of descendants whose own parent has
// ended (prctl PR_SET_CHILD_SUBREAPER), so that the walk still finds them.
func adoptOrphans() {
	const setChildSubreaper = 36
	// An older kernel refuses: then orphans are left out of the sum, no more.
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, setChildSubreaper, 1, 0)
}

// treeMemory sums the proportional sets of all descendants of a process.
func treeMemory(root int) int64 {
	children := map[int][]int{}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0
	}
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			if parent, ok := parentOf(pid); ok {
				children[parent] = append(children[parent], pid)
			}
		}
	}
	sum, queue := int64(0), children[root]
	for len(queue) > 0 {
		pid := queue[0]
		queue = append(queue[1:], children[pid]...)
		sum += proportionalSet(pid)
	}
	return sum
}

// parentOf reads the fourth field of /proc/PID/stat; the second one, the name, may
// hold spaces and brackets.
func parentOf(pid int) (int, bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, false
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 2 {
		return 0, false
	}
	parent, err := strconv.Atoi(fields[1])
	return parent, err == nil
}

func proportionalSet(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		if rest, found := strings.CutPrefix(lines.Text(), "Pss:"); found {
			kib, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kib * 1024
		}
	}
	return 0
}
