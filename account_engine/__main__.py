"""`python -m account_engine`: the same as the `account-engine` command."""

import sys

from account_engine.cli.main import main

sys.exit(main())
