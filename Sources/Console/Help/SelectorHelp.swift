import Records

/// How a selector is written, for the pages of every command that takes one.
enum SelectorHelp {
  static let text = """
    A SELECTOR says whose records are meant: key=value, as pid=1. The keys are those that
    'dataset show' lists, with their values; class=LABEL and record=ID are always there.
    Values joined by '+' are alternatives (pid=1+2: persons 1 and 2), terms joined by ','
    must all hold (pid=1,class=3), and the option given again adds to what is meant.
    record=@FILE takes the ids from a file, one a line.

    What would end a value is escaped: \(Selector.escapes), and a control character as '%'
    and its two hexadecimal digits. The person called a+b is pid=a%2Bb; pid=a+b means
    persons a and b.
    """
}
