module example.com/limpet-client

go 1.19
