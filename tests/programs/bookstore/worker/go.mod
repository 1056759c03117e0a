module bookstore.example/worker

go 1.22
