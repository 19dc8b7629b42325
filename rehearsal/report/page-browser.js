// @ts-check
/** Lets the reader copy the line that plays the run again. Runs in the browser, embedded as it stands. */

for (const button of document.querySelectorAll('button[data-copies]')) {
  button.addEventListener('click', () => copyFrom(/** @type {HTMLButtonElement} */ (button)));
}

/** @param {HTMLButtonElement} button */
async function copyFrom(button) {
  const source = document.getElementById(button.dataset['copies'] ?? '');
  if (source === null) return;
  button.textContent = (await copy(source.textContent ?? '')) ? 'copied' : 'press Ctrl+C';
  if (button.textContent !== 'copied') getSelection()?.selectAllChildren(source);
  setTimeout(() => {
    button.textContent = 'copy';
  }, 3000);
}

/** A browser may refuse the clipboard to a page from a file. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
