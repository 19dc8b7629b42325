// A k6 with the launchstorm output: what `xk6 build --with` makes, without xk6.
package main

import (
	"go.k6.io/k6/cmd"
	_ "launchstorm.invalid/xk6-launchstorm"
)

func main() { cmd.Execute() }
