"""The icon in the tray: a client of the contract that shows what goes on, and a menu of the window's actions."""
