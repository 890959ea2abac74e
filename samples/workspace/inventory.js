// What a small shop has in stock, and what it is worth.

const items = [
  { name: "notebook", price: 3.5, count: 120 },
  { name: "pencil", price: 0.8, count: 400 },
  { name: "eraser", price: 1.2, count: 0 },
  { name: "ruler", price: 2.1, count: 35 },
];

function totalValue(items) {
  return items.reduce((sum, item) => sum + item.price * item.count, 0);
}

function findByName(items, name) {
  return items.find((item) => item.name === name);
}

function sell(items, name, count) {
  const item = findByName(items, name);
  if (!item) {
    throw new Error(`No such item: ${name}`);
  }
  if (item.count < count) {
    throw new Error(`Only ${item.count} of ${name} left`);
  }
  item.count -= count;
  return item.price * count;
}

// Names of the items that are sold out.
function soldOut(items) {
  
}

console.log(`In stock: ${totalValue(items).toFixed(2)}`);
console.log(`Sold for ${sell(items, "pencil", 25).toFixed(2)}`);
