package launchstorm

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// About is what the script says of what it plays: `options.ext.launchstorm`.
type About struct {
	Scenario  string          `json:"scenario"`
	Title     string          `json:"title"`
	JoinMs    float64         `json:"joinMs"`
	EndMs     float64         `json:"endMs"`
	Seed      uint64          `json:"seed"`
	Mix       map[string]int  `json:"mix"`
	Players   int64           `json:"players"`
	Expect    json.RawMessage `json:"expect"`
	Reproduce string          `json:"reproduce"`
	Version   string          `json:"version"`
}

// Runner is what one runner says of itself: `merge` reads it beside the seconds.
type Runner struct {
	About
	Environment, Platform, K6Version string
	Players                          int64
	StartedAt                        time.Time
	DurationMs                       float64
	LagUs                            *Histogram
	Dropped                          uint64
	Notes                            []string
}

// newRunID is the runner's own: `20261124-101500-3fa9c1-k6`.
func newRunID(at time.Time) (string, error) {
	random := make([]byte, 3)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s-%s-k6", at.UTC().Format("20060102-150405"), hex.EncodeToString(random)), nil
}

// writeReport writes report.json whole or not at all.
func writeReport(folder string, runner Runner) error {
	id, err := newRunID(runner.StartedAt)
	if err != nil {
		return err
	}
	expect := runner.Expect
	if len(expect) == 0 {
		expect = json.RawMessage("[]")
	}
	text, err := json.MarshalIndent(map[string]any{
		"format":      "launchstorm.report/1",
		"runId":       id,
		"scenario":    runner.Scenario,
		"title":       runner.Title,
		"environment": runner.Environment,
		"platform":    runner.Platform,
		"seed":        runner.Seed,
		"startedAt":   runner.StartedAt.UTC().Format("2006-01-02T15:04:05.000Z"),
		"durationMs":  runner.DurationMs,
		"joinMs":      runner.JoinMs,
		"expect":      expect,
		"reproduce":   runner.Reproduce,
		"versions":    map[string]string{"launchstorm": runner.Version, "k6": runner.K6Version},
		"crowd":       map[string]any{"players": runner.Players, "mix": runner.Mix},
		"generator":   map[string]any{"lagUs": runner.LagUs.JSON(), "dropped": runner.Dropped},
		"notes":       runner.Notes,
	}, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(folder, "report.json"), append(text, '\n'))
}

func writeWhole(path string, text []byte) (err error) {
	temporary := fmt.Sprintf("%s.%d.tmp", path, os.Getpid())
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temporary)
		}
	}()
	if _, err = file.Write(text); err != nil {
		_ = file.Close()
		return err
	}
	if err = file.Sync(); err != nil {
		_ = file.Close()
		return err
	}
	if err = file.Close(); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}
