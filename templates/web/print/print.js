// Opens the print dialog of the PDF in the frame, once it is there.
const frame = document.getElementById('pdf')
let asked = false
function ask() {
  if (asked) return
  asked = true
  try {
    frame.contentWindow.focus()
    frame.contentWindow.print()
  } catch { /* the browser shows PDFs elsewhere: the link is there */ }
}
frame.addEventListener('load', ask)
