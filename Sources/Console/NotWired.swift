/// The end of a command that is read but does nothing yet.
struct NotWired: Error, CustomStringConvertible {
  let command: String
  var description: String { "'\(command)' is not connected to the registry yet" }
}
