import Glibc

extension Duration {
  /// Asks for something again and again, as long as others have it and this time is not over; nil then.
  ///
  /// Between two times nothing is held, so that nobody is kept out by who waits.
  func insisting<Wanted: ~Copyable>(
    _ attempt: () throws(RegistryError) -> Wanted?
  ) throws(RegistryError) -> Wanted? {
    let clock = ContinuousClock()
    let end = clock.now + self
    while true {
      if let wanted = try attempt() { return wanted }
      guard clock.now < end else { return nil }
      usleep(20_000)
    }
  }
}
