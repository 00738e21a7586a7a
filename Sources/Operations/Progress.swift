/// How far a piece of long work is.
package struct Progress: Hashable, Sendable {
  /// What is being done, such as `retraining the reference 1 of 2`.
  package let activity: String
  package let done: Int
  package let total: Int

  package init(activity: String, done: Int, total: Int) {
    self.activity = activity
    self.done = done
    self.total = total
  }
}
