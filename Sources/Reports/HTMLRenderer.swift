enum HTMLRenderer { static func render(_ document: Document) -> String { document.answer } }
