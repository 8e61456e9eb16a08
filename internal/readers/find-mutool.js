// mutool run find-mutool.js TASKS.json: searches as MuPDF does. TASKS.json is a list
// of {path, phrases}; a line of numbers is written for each, how often each is found.
var tasks = JSON.parse(read(scriptArgs[0]));
tasks.forEach(function (task) {
	var doc = new Document(task.path);
	print(task.phrases.map(function (phrase) {
		var n = 0;
		for (var i = 0; i < doc.countPages(); i++) n += doc.loadPage(i).search(phrase).length > 0 ? 1 : 0;
		return n;
	}).join(' '));
});
