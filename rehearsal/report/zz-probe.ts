export const a = document.querySelector('x');
