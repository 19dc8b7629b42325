package launchstorm

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestARunnerLeavesItsSecondsAndSaysWhoItWas(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "runner")
	book, err := openBook(folder, "", Runner{About: About{Title: "Steady", EndMs: 2000, Seed: 7, JoinMs: 500}, Players: 20, Platform: "local"})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Date(2026, 11, 24, 10, 15, 0, 0, time.UTC)
	book.Joined(250, began.Add(250*time.Millisecond))
	book.Lag(1200)
	book.Add(Action{AtMs: 900, Operation: "search", Outcome: "dropped"})
	if err := book.Close(began.Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Format, StartedAt, Platform string
		DurationMs, JoinMs          float64
		Crowd                       struct{ Players int64 }
		Generator                   struct {
			Dropped uint64
			LagUs   HistogramJSON
		}
		Notes []string
	}
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	if report.StartedAt != "2026-11-24T10:15:00.000Z" || report.DurationMs != 2000 || report.JoinMs != 500 || report.Crowd.Players != 20 {
		t.Errorf("%+v", report)
	}
	if report.Generator.Dropped != 1 || report.Generator.LagUs.Count != 1 || report.Notes == nil {
		t.Errorf("%+v", report)
	}
}

func TestAFolderWithARunInItIsRefused(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "seconds.ndjson"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openBook(folder, "", Runner{}); err == nil || !strings.Contains(err.Error(), "holds a run already") {
		t.Errorf("%v", err)
	}
	if _, err := openBook("", "", Runner{}); err == nil {
		t.Error("a folder without a name was taken")
	}
}
