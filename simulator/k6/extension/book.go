package launchstorm

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Book is one runner's: the file of its seconds, its report at the end, and a line for each event to whoever listens.
type Book struct {
	folder  string
	file    *os.File
	seconds *Seconds
	runner  Runner
	zero    time.Time
	events  *bufio.Writer
	socket  net.Conn
}

// openBook refuses a folder that holds seconds already: two runs in one file are none. `events`: a Unix socket, or "".
func openBook(folder, events string, runner Runner) (*Book, error) {
	if folder == "" {
		return nil, errors.New("name a folder: k6 run --out launchstorm=FOLDER")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(folder, "seconds.ndjson"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("%s holds a run already: name a folder that does not exist yet", folder)
	}
	if err != nil {
		return nil, err
	}
	runner.LagUs, runner.Notes = &Histogram{}, []string{}
	book := &Book{folder: folder, file: file, seconds: NewSeconds(file, runner.EndMs), runner: runner}
	if events != "" {
		if book.socket, err = net.Dial("unix", events); err != nil {
			return nil, err
		}
		book.events = bufio.NewWriterSize(book.socket, 64*1024)
	}
	return book, nil
}

// Joined also says where zero lies: the sample was taken `atMs` after the test began.
func (b *Book) Joined(atMs float64, at time.Time) {
	if b.zero.IsZero() {
		b.zero = at.Add(-time.Duration(atMs * float64(time.Millisecond)))
	}
	b.seconds.Joined(atMs)
	b.tell("joined %g\n", atMs)
}

// Left is the opposite of Joined.
func (b *Book) Left(atMs float64) {
	b.seconds.Left(atMs)
	b.tell("left %g\n", atMs)
}

// Lag is how much later than intended an action began.
func (b *Book) Lag(lagUs int64) {
	b.runner.LagUs.Record(lagUs)
	b.tell("lag %d\n", lagUs)
}

// Add counts an action.
func (b *Book) Add(action Action) {
	if action.Outcome == "dropped" {
		b.runner.Dropped++
	}
	b.seconds.Add(action)
	b.tell("action %g %s %s %d %d %s %d\n", action.AtMs, action.Operation, action.Outcome, action.LatencyUs, action.ServiceUs,
		action.RequestID, action.Status)
}

// AddChain counts a chain.
func (b *Book) AddChain(chain Chain) {
	b.seconds.AddChain(chain)
	b.tell("chain %g %s %d\n", chain.AtMs, chain.Result, chain.LatencyUs)
}

// Flush writes the seconds that are over, and passes on what happened since.
func (b *Book) Flush(now time.Time) error {
	if b.zero.IsZero() {
		return nil
	}
	if b.events != nil {
		b.tell("now %g\n", b.sinceZeroMs(now))
		if err := b.events.Flush(); err != nil {
			return err
		}
	}
	return b.seconds.Settle(b.sinceZeroMs(now))
}

// Close writes the rest and the report. A run that was ended early ends now.
func (b *Book) Close(now time.Time) error {
	endMs := 0.0
	if !b.zero.IsZero() {
		endMs = b.sinceZeroMs(now)
		if b.runner.EndMs > 0 && endMs > b.runner.EndMs {
			endMs = b.runner.EndMs
		}
	} else {
		b.zero = now
	}
	if b.seconds.Late > 0 {
		b.runner.Notes = append(b.runner.Notes, fmt.Sprintf("%d things ended after their second had been written, and are not in it", b.seconds.Late))
	}
	b.runner.StartedAt, b.runner.DurationMs = b.zero, endMs
	errs := []error{b.seconds.Close(endMs), b.file.Sync(), b.file.Close(), writeReport(b.folder, b.runner)}
	if b.events != nil {
		b.tell("end %g\n", endMs)
		errs = append(errs, b.events.Flush(), b.socket.Close())
	}
	return errors.Join(errs...)
}

func (b *Book) sinceZeroMs(now time.Time) float64 {
	return float64(now.Sub(b.zero)) / float64(time.Millisecond)
}

func (b *Book) tell(format string, values ...any) {
	if b.events != nil {
		// What cannot be told is found out by whoever flushes.
		_, _ = fmt.Fprintf(b.events, format, values...)
	}
}
