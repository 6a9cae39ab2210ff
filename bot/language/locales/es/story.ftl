command-story = La familia de una toma como árbol, y el montaje de lo guardado
command-story-take = Un enlace a un clip; nada = el más nuevo de aquí
label-reel = Cortar el montaje
label-joins = … con otras uniones
join-fitting = Como se encuentran las tomas
join-cut = Cortes
join-dissolve = Fundidos
join-dip = Fundidos a negro
story-title = **La familia**, { $count ->
    [one] { $count } toma
   *[other] { $count } tomas
 }:
story-alt = Un árbol familiar de { $count } tomas
action-animate = primera
action-reroll = otra vez
action-subtle = variada un poco
action-strong = variada mucho
action-nudge = retocada
action-after = después
action-before = antes
problem-no-such-take = Eso no es un enlace a un clip mío. Pulsa un clip con el botón derecho y elige **Copiar enlace del mensaje**.
problem-no-take-here = Aquí aún no hay ningún clip. Pregunta en el hilo de un clip, o da un enlace a uno.
problem-too-few-kept = Un montaje necesita al menos dos tomas guardadas en una línea. Pulsa **Guardar** bajo las que funcionan: un clip, y otro **antes** o **después**.
problem-no-story = Ahora mismo no se pudo dibujar el árbol. Prueba otra vez.
