"""The screens of the catalogue: products, prices, rates and competitors; who may configure them does so in the browser."""
