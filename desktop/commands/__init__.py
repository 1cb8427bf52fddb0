"""The commands of `lianxin` by what they are about; each brings in what it needs when it runs. `desktop/cli.py` lists them."""
