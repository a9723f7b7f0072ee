// n8n loads the files that package.json lists under "n8n"; requiring the package itself gives nothing.
module.exports = {};
